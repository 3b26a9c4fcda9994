import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { person, update } from "../../../stacks/cost/usage.ts"
import { inMortalWorld } from "../../layers/crash.ts"
import { itemSize } from "../../writes/itemSize.ts"
import { rush, unitsOf } from "../../writes/rush.ts"

/** What a person may cost, the funnel's counters included. */
const budget = 40

describe("write units a person", () => {
  it.effect.each([1, 4])("are within the budget, and those of the cost sheet, with %j containers", (containers) =>
    Effect.gen(function* () {
      const people = 20
      const seen = yield* rush({ people, containers })
      const { total = 0 } = unitsOf(seen, people)
      assert.isAtMost(total, budget)
      assert.approximately(total, person.updates * update.writeUnits, 0.5)
      // One write unit for each of the three steps.
      const counted = seen.filter(({ key }) => key.startsWith("funnel#"))
      const units = counted.reduce((sum, { index, item }) => sum + item + index, 0)
      assert.strictEqual(units, 3 * people)
    }).pipe(inMortalWorld),
  )

  it("are counted of items as DynamoDB measures them", () => {
    assert.strictEqual(itemSize({ id: "abc", é: "é" }), 2 + 3 + 2 + 2)
    assert.strictEqual(itemSize({ n: 27, m: -27, zero: 0, long: 7_000_000_001 }), 3 + 4 + 5 + 4 + 6)
    assert.strictEqual(itemSize({ map: { a: true, b: null }, list: ["x"] }), 3 + 3 + 2 + 2 + 2 + 4 + 3 + 1 + 1)
  })
})
