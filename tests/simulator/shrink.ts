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

/** Leaves out updates and faults for as long as the same invariant is violated without them. */
export const shrink = async (plan: Plan, violations: ReadonlyArray<string>, budget = 500) => {
  const kinds = new Set(violations.map(kindOf))
  const planOf = ({ faults, requests }: Story): Plan => ({
    ...plan,
    schedule: { ...plan.schedule, requests },
    faults: scripted(new Map(faults)),
  })
  let left = budget
  const fails = async (story: Story): Promise<boolean> => {
    left -= 1
    const { violations } = await simulate(planOf(story))
    return violations.some((violation) => kinds.has(kindOf(violation)))
  }
  const { history } = await simulate(plan)
  let story: Story = { requests: plan.schedule.requests, faults: [...history.injected] }
  if (!(await fails(story))) return plan
  for (let isShorter = true; isShorter && left > 0; ) {
    const before = story.requests.length + story.faults.length
    story = {
      ...story,
      faults: await fewer(
        story.faults,
        (faults) => fails({ ...story, faults }),
        () => left > 0,
      ),
    }
    story = {
      ...story,
      requests: await fewer(
        story.requests,
        (requests) => fails({ ...story, requests }),
        () => left > 0,
      ),
    }
    isShorter = story.requests.length + story.faults.length < before
  }
  return planOf(story)
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
