import { assert, describe, it } from "@effect/vitest"
import { holdsIn, patience } from "./half.ts"
import { rushVariants } from "./rushVariants.ts"
import { rushOf, simulate } from "./simulate.ts"

/** `npm run simulate -- --rush --seeds 1000` runs more. */
const seeds = Array.from({ length: 7 }, (_, index) => index + 1)

describe("while more people come than Telegram takes, the invariants hold whatever fails", () => {
  it.each(seeds)("schedule %i", (seed) => holdsIn(rushOf(seed)), patience)
})

describe("the checker finds a rush against", () => {
  it.each(rushVariants)(
    "$name",
    async (variant) => {
      for (const seed of [variant.shownBy ?? 1, ...seeds]) {
        const { violations } = await simulate(rushOf(seed, { variant }))
        if (violations.length > 0) return
      }
      assert.fail(`not caught in ${seeds.length} rushes`)
    },
    patience,
  )
})
