import { updateEvents } from "@concierge/functions/build/events.ts"
import { median } from "../median.ts"
import type { Bundle } from "./bundle.ts"
import { secret } from "./environment.ts"
import { lambdaFlags } from "./flags.ts"
import { run } from "./run.ts"
import { shuffled } from "./shuffled.ts"

export interface Options {
  readonly child: string
  readonly env: Readonly<Record<string, string>>
  /** Fresh processes of each. */
  readonly runs: number
  /** Invocations in each before and while CPU is counted; none for a cold start. */
  readonly warm: number
}

export interface Figures {
  /** Milliseconds beyond Node's own boot. */
  readonly init: number
  readonly first: number
  readonly cold: number
  /** Milliseconds of CPU of a cold start, which says more than its time where others work as well. */
  readonly coldCpu: number
  /** Microseconds of CPU an update. */
  readonly cpu: number
  /** MB, with the first invocation and in the end. */
  readonly coldMemory: number
  readonly memory: number
}

/** Medians, in the order of the bundles. Each round runs all of them, so that they share the machine's moods. */
export const measure = async (bundles: ReadonlyArray<Bundle>, options: Options): Promise<ReadonlyArray<Figures>> => {
  const { child, env, runs, warm } = options
  const all = bundles.map((bundle) => ({ bundle, results: [] as Figures[] }))
  // The first round is for the disk's cache.
  for (let round = 0; round <= runs; round++) {
    for (const { bundle, results } of shuffled(all)) {
      const event = bundle.variant.trigger === "webhook" ? updateEvents.webhook(secret) : updateEvents.worker()
      const result = await run(child, { bundle: bundle.path, event, warm }, { ...env, ...bundle.env }, lambdaFlags)
      if (round > 0) results.push({ ...result, cold: result.init + result.first })
    }
    process.stderr.write(".")
  }
  return all.map(({ results }) => {
    const of = (key: keyof Figures): number => median(results.map((figures) => figures[key]))
    return {
      init: of("init"),
      first: of("first"),
      cold: of("cold"),
      coldCpu: of("coldCpu"),
      cpu: of("cpu"),
      coldMemory: of("coldMemory"),
      memory: of("memory"),
    }
  })
}
