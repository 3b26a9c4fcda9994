import { statSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import * as Effect from "effect/Effect"
import * as References from "effect/References"
import { live } from "./live.ts"
import { yearLayer } from "./world.ts"

const { values } = parseArgs({
  options: { updates: { type: "string", default: "1000000" }, people: { type: "string", default: "20000" } },
})

const directory = await mkdtemp(join(tmpdir(), "concierge-year-"))
const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)

const sizeOf = (name: string): number => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0

const months: Array<{ readonly file: number; readonly heap: number }> = []
const begun = performance.now()

const year = live({
  updates: Number(values.updates),
  people: Number(values.people),
  onMonth: ({ month, worked }) =>
    Effect.sync(() => {
      globalThis.gc?.()
      const { heapUsed, rss } = process.memoryUsage()
      const file = sizeOf("concierge.sqlite") + sizeOf("concierge.sqlite-wal")
      months.push({ file, heap: heapUsed })
      const seconds = Math.round((performance.now() - begun) / 1000)
      console.log(
        `month ${String(month).padStart(2)}  ${String(worked).padStart(9)} updates  file ${String(megabytes(file)).padStart(5)} MB  heap ${String(megabytes(heapUsed)).padStart(4)} MB  rss ${String(megabytes(rss)).padStart(4)} MB  ${seconds} s`,
      )
    }),
})

await Effect.runPromise(
  year.pipe(Effect.provide(yearLayer(directory)), Effect.provideService(References.MinimumLogLevel, "Error")),
)
await rm(directory, { recursive: true, force: true })

/** Events live for 90 days: from the fourth month on what comes is what goes. */
const [settled, last] = [months[5], months.at(-1)]
if (settled === undefined || last === undefined) throw new Error("the year had no months")
const grown = { file: last.file / settled.file, heap: last.heap / settled.heap }
console.log(`from the sixth month to the last: file × ${grown.file.toFixed(2)}, heap × ${grown.heap.toFixed(2)}`)
process.exitCode = grown.file < 1.15 && grown.heap < 1.25 ? 0 : 1
