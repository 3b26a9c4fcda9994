import { assert } from "@effect/vitest"
import { headlineOf, reportOf } from "./report.ts"
import type { Plan } from "./run.ts"
import { planOf, simulate } from "./simulate.ts"

/**
 * In two files, so that two cores share them. The first hundred show every wrong variant. `npm run simulate -- --seeds 10000`
 * runs more.
 */
const schedules = 240

const chunk = 60

/** The seeds of one half, in chunks of which each is a test. */
export const chunksOf = (half: 0 | 1): ReadonlyArray<{ readonly from: number; readonly to: number }> =>
  Array.from({ length: schedules / 2 / chunk }, (_, index) => {
    const from = 1 + half * (schedules / 2) + index * chunk
    return { from, to: from + chunk - 1 }
  })

export const holds = async ({ from, to }: { readonly from: number; readonly to: number }): Promise<void> => {
  for (let seed = from; seed <= to; seed++) await holdsIn(planOf(seed))
}

export const holdsIn = async (plan: Plan): Promise<void> => {
  const run = await simulate(plan)
  if (run.violations.length === 0) return
  const headline = headlineOf(plan, run)
  console.error(headline)
  assert.fail(`${headline}\n\n${await reportOf(plan, run)}`)
}

/** A chunk takes some five seconds; a loaded machine may need a good deal more. */
export const patience = 240_000
