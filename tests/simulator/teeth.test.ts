import { assert, describe, it } from "@effect/vitest"
import { patience } from "./half.ts"
import { planOf, simulate } from "./simulate.ts"
import { variants } from "./variants.ts"

/** A mistake must show in one of these; most do in the first ten. */
const enough = 400
const seeds = Array.from({ length: enough }, (_, index) => index + 1)

describe("the checker finds a history against", () => {
  it.each(variants)(
    "$name",
    async (variant) => {
      const likely = variant.shownBy === undefined ? [] : [variant.shownBy]
      for (const seed of [...likely, ...seeds]) {
        const { violations } = await simulate(planOf(seed, { variant }))
        if (violations.length > 0) return
      }
      assert.fail(`not caught in ${enough} schedules`)
    },
    patience,
  )
})

describe("a run", () => {
  it("is the same each time", async () => {
    const plan = planOf(7, { isTraced: true })
    const [one, other] = [await simulate(plan), await simulate(planOf(7, { isTraced: true }))]
    assert.isAbove(one.history.log.length, 20)
    assert.deepStrictEqual(other.history.log, one.history.log)
  })
})
