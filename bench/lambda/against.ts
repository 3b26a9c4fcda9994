import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { updateEvents } from "@concierge/functions/build/events.ts"
import type { FunctionName } from "@concierge/functions/build.ts"
import { median, middle } from "../median.ts"
import { bundleOurs } from "./bundle.ts"
import { environmentOf, secret } from "./environment.ts"
import { lambdaFlags } from "./flags.ts"
import type { Options } from "./measure.ts"
import { run } from "./run.ts"
import { type StandIn, startStub } from "./stub.ts"
import type { Tls } from "./tls.ts"

/**
 * A cold start of ours over that of another version, in a checkout of its own where `npm run build` was run. Fresh
 * processes of both by turns, each first every other time, so that a pair meets the same machine; by the main thread's
 * CPU, since others may work as well. The other version has the stand-in that it was made with: ours may not know its calls.
 */
export const against = async (folder: string, checkout: string, tls: Tls, { child, env, runs }: Options) => {
  const ours = await bundleOurs(join(folder, "now"), [])
  const { standIn }: { readonly standIn: StandIn } = await import(
    pathToFileURL(join(checkout, "packages/functions/build/standIn.ts")).href
  )
  const stub = await startStub(tls, standIn)
  const own = join(folder, "before")
  mkdirSync(own)
  const before = { folder: join(checkout, "dist"), env: environmentOf(own, stub.origin, tls.certFile) }

  const cold = async (bundle: string, trigger: FunctionName, its: Readonly<Record<string, string>>) => {
    const event = trigger === "webhook" ? updateEvents.webhook(secret) : updateEvents.worker()
    return (await run(child, { bundle, event, warm: 0 }, its, lambdaFlags)).coldCpu
  }
  console.log("\n| cold start | CPU ms now | before | median of pairs | middle half |\n| --- | --- | --- | --- | --- |")
  for (const trigger of ["webhook", "worker"] as const) {
    for (const cached of [true, false]) {
      const copies = [join(ours(trigger), ".."), join(before.folder, trigger)].map((built, index) =>
        copied(built, join(folder, `${trigger}-${index}-${cached}`), cached),
      )
      const [now = "", then = ""] = copies
      const pairs: Array<readonly [now: number, then: number]> = []
      for (let round = 0; round <= runs; round++) {
        const first = round % 2 === 0 ? await cold(now, trigger, env) : undefined
        const other = await cold(then, trigger, before.env)
        const pair = [first ?? (await cold(now, trigger, env)), other] as const
        // The first round is for the disk's cache.
        if (round > 0) pairs.push(pair)
        process.stderr.write(".")
      }
      const ratios = pairs.map(([now, then]) => now / then)
      const name = `${trigger}${cached ? "" : ", no code cache"}`
      const times = [0, 1].map((index) => median(pairs.map((pair) => pair[index] ?? Number.NaN)).toFixed(1))
      console.log(`| ${[name, ...times, more(median(ratios)), middle(ratios).map(more).join(" to ")].join(" | ")} |`)
    }
  }
  stub.close()
}

const copied = (built: string, to: string, cached: boolean): string => {
  cpSync(built, to, { recursive: true })
  if (!cached) for (const file of readdirSync(to).filter((file) => file.endsWith(".cache"))) rmSync(join(to, file))
  return join(to, "index.mjs")
}

const more = (ratio: number): string => `${ratio < 1 ? "−" : "+"}${Math.abs((ratio - 1) * 100).toFixed(1)} %`
