import { assert, describe, it } from "@effect/vitest"
import { patience } from "./half.ts"
import { headlineOf } from "./report.ts"
import { shrink } from "./shrink.ts"
import { planOf, simulate } from "./simulate.ts"
import type { Variant } from "./Variant.ts"
import { variants } from "./variants.ts"

/** A seed in which a mistake shows. */
const failing = async (variant: Variant) => {
  for (let seed = 1; ; seed++) {
    const plan = planOf(seed, { variant })
    const run = await simulate(plan)
    if (run.violations.length > 0) return { seed, plan, run }
  }
}

const mistake = variants.find(({ name }) => name === "commit does not keep the outcome") ?? assert.fail("renamed")

describe("a failing seed", () => {
  it("is named before its history is shortened, with what was violated", async () => {
    const { plan, run, seed } = await failing(mistake)
    const headline = headlineOf(plan, run)
    assert.include(headline, `npm run simulate -- --seed ${seed}`)
    assert.include(headline, (run.violations[0] ?? "nothing").slice(0, 100))
  })

  it("is shortened, and still fails", { timeout: patience }, async () => {
    const { plan, run } = await failing(mistake)
    const shortest = await shrink(plan, run)
    assert.isBelow(shortest.plan.schedule.requests.length, plan.schedule.requests.length)
    assert.isNotEmpty(shortest.violations)
    assert.isNotEmpty(shortest.history.log)
  })

  it.each([
    { runs: 500, millis: 0 },
    { runs: 1, millis: 30_000 },
  ])("is as short as was found in time: $runs runs, $millis ms", { timeout: patience }, async (budget) => {
    const { plan, run } = await failing(mistake)
    const shortest = await shrink(plan, run, budget)
    assert.deepStrictEqual(shortest.plan.schedule, plan.schedule)
    assert.deepStrictEqual(shortest.violations, run.violations)
  })
})
