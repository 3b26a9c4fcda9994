import { setImmediate } from "node:timers/promises"
import { type Fault, type Point, scripted } from "./Faults.ts"
import type { Plan } from "./run.ts"
import type { Request } from "./Schedule.ts"
import { simulate } from "./simulate.ts"

interface Story {
  readonly requests: ReadonlyArray<Request>
  readonly faults: ReadonlyArray<readonly [Point, Fault]>
}

/** What a violation is called; two of one name are taken for one fault. */
const kindOf = (violation: string): string => violation.split(" ", 1)[0] ?? ""

export type Run = Awaited<ReturnType<typeof simulate>>

/** A plan and what its run, traced, came to. */
export interface Shortest extends Run {
  readonly plan: Plan
}

export interface Budget {
  readonly runs: number
  /** No run is begun later than this. A mistake that breaks much makes single runs take half a minute. */
  readonly millis: number
}

const enough: Budget = { runs: 500, millis: 30_000 }

/** Leaves out updates and faults for as long as the same invariant is violated without them, and the budget lasts. */
export const shrink = async (plan: Plan, failed: Run, { millis, runs }: Budget = enough): Promise<Shortest> => {
  const kinds = new Set(failed.violations.map(kindOf))
  const end = performance.now() + millis
  const planOf = ({ faults, requests }: Story): Plan => ({
    ...plan,
    schedule: { ...plan.schedule, requests },
    faults: scripted(new Map(faults)),
    isTraced: true,
  })
  let left = runs
  let shortest: Shortest | undefined
  const mayGoOn = (): boolean => left > 0 && performance.now() < end
  const fails = async (story: Story): Promise<boolean> => {
    left -= 1
    // Runs have no turn of the event loop of their own: what was said so far gets out, and a test's patience can end.
    await setImmediate()
    const plan = planOf(story)
    const run = await simulate(plan)
    const isSame = run.violations.some((violation) => kinds.has(kindOf(violation)))
    if (isSame) shortest = { ...run, plan }
    return isSame
  }
  let story: Story = { requests: plan.schedule.requests, faults: [...failed.history.injected] }
  for (let isShorter = await fails(story); isShorter && mayGoOn(); ) {
    const before = story.requests.length + story.faults.length
    story = {
      ...story,
      faults: await fewer(story.faults, (faults) => fails({ ...story, faults }), mayGoOn),
    }
    story = {
      ...story,
      requests: await fewer(story.requests, (requests) => fails({ ...story, requests }), mayGoOn),
    }
    isShorter = story.requests.length + story.faults.length < before
  }
  return shortest ?? { ...(await simulate({ ...plan, isTraced: true })), plan }
}

/** Without one piece after the other, large pieces first. */
const fewer = async <A>(
  all: ReadonlyArray<A>,
  isEnough: (some: ReadonlyArray<A>) => Promise<boolean>,
  mayGoOn: () => boolean,
): Promise<ReadonlyArray<A>> => {
  let kept = all
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && mayGoOn(); ) {
      const some = [...kept.slice(0, from), ...kept.slice(from + size)]
      if (await isEnough(some)) kept = some
      else from += size
    }
  }
  return kept
}
