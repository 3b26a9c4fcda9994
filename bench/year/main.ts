import { readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as References from "effect/References"
import { flagsOf } from "../flags.ts"
import { type Budget, boundText, isMet } from "../local/budget.ts"
import { rowsOf, type Sizes, sizesOf } from "./figures.ts"
import { live } from "./live.ts"
import { yearLayer } from "./world.ts"

const usage = `npm run bench:year -- [options]
  --updates N  of the year (default 1,000,000)
  --people N   who come back all year (default 20,000)
  --check      exit 1 when a budget of bench/year/budget.json is missed`

const { values } = flagsOf(
  {
    options: {
      updates: { type: "string", default: "1000000" },
      people: { type: "string", default: "20000" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  },
  { updates: "a whole number above 0", people: "a whole number above 0" },
)

const megabytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10

const run = async (): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), "concierge-year-"))
  const tables = join(directory, "concierge.sqlite")
  const months: Array<Sizes> = []
  const begun = performance.now()
  const onMonth = ({ month, worked }: { readonly month: number; readonly worked: number }) =>
    Effect.sync(() => {
      const sizes = sizesOf(tables)
      months.push(sizes)
      const [file, heap, rss] = [sizes.file + sizes.log, sizes.heap, sizes.rss].map(megabytes)
      const [seconds, cpu] = [(performance.now() - begun) / 1000, process.cpuUsage().user / 1_000_000]
      console.log(
        `month ${month}: ${worked} updates, file ${file} MB, heap ${heap} MB, rss ${rss} MB, after ${Math.round(seconds)} s (${Math.round(cpu)} s of a processor)`,
      )
    })
  const year = Effect.gen(function* () {
    const end = yield* live({ updates: Number(values.updates), people: Number(values.people), onMonth })
    const { outcomes, overdue, rows, unfinished } = yield* rowsOf
    return { outcomes, rows, unfinished, overdue: overdue(end / 1000) }
  })
  const { outcomes, overdue, rows, unfinished } = await Effect.runPromise(
    year.pipe(Effect.provide(yearLayer(directory)), Effect.provideService(References.MinimumLogLevel, "None")),
  )
  await rm(directory, { recursive: true, force: true })
  console.log("rows", rows, "outcomes", outcomes)

  // Events live for 90 days: from the fourth month on what comes is what goes.
  const [settled, last] = [months[5], months.at(-1)]
  if (settled === undefined || last === undefined) throw new Error("the year had no months")
  const figures = {
    "file.grown": last.file / settled.file,
    "heap.grown": last.heap / settled.heap,
    "file.bytesAnUpdateKept": last.file / (rows.accepted ?? 1),
    "log.mb": Math.max(...months.map(({ log }) => log)) / 1_048_576,
    "rows.overdue": overdue,
    "rows.unfinished": unfinished,
  }
  const budget: Budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"))
  return Object.entries(figures).every(([name, value]) => {
    const bound = budget[name] ?? {}
    const isGood = isMet(value, bound)
    console.log(`${name} ${value.toFixed(2)} ${isGood ? "ok    " : "MISSED"} ${boundText(bound)}`)
    return isGood
  })
}

if (values.help) console.log(usage)
else if (!(await run()) && values.check) process.exitCode = 1
