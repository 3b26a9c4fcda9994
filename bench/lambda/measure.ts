import { updateEvents } from "@concierge/functions/build/events.ts"
import { median, middle } from "../median.ts"
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
  /** Milliseconds of the main thread's CPU of a cold start, which says more than its time where others work as well. */
  readonly coldCpu: number
  /** Microseconds of CPU an update. */
  readonly cpu: number
  /** MB, with the first invocation and in the end. */
  readonly coldMemory: number
  readonly memory: number
}

/** Medians, and between what the middle half of the runs lies. */
export interface Measured extends Figures {
  readonly middle: Readonly<Record<"coldCpu" | "cpu", readonly [low: number, high: number]>>
}

/** In the order of the bundles. Each round runs all of them, so that they share the machine's moods. */
export const measure = async (bundles: ReadonlyArray<Bundle>, options: Options): Promise<ReadonlyArray<Measured>> => {
  const { child, env, runs, warm } = options
  const measured = bundles.map((bundle) => ({ bundle, results: [] as Figures[] }))
  // The first round is for the disk's cache.
  for (let round = 0; round <= runs; round++) {
    for (const { bundle, results } of shuffled(measured)) {
      const event = bundle.variant.trigger === "webhook" ? updateEvents.webhook(secret) : updateEvents.worker()
      const result = await run(child, { bundle: bundle.path, event, warm }, { ...env, ...bundle.env }, lambdaFlags)
      if (round > 0) results.push({ ...result, cold: result.init + result.first })
    }
    process.stderr.write(".")
  }
  return measured.map(({ results }) => {
    const all = (key: keyof Figures): ReadonlyArray<number> => results.map((figures) => figures[key])
    const of = (key: keyof Figures): number => median(all(key))
    return {
      init: of("init"),
      first: of("first"),
      cold: of("cold"),
      coldCpu: of("coldCpu"),
      cpu: of("cpu"),
      coldMemory: of("coldMemory"),
      memory: of("memory"),
      middle: { coldCpu: middle(all("coldCpu")), cpu: middle(all("cpu")) },
    }
  })
}
