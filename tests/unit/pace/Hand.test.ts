import { makeHand } from "@concierge/core/pace/Hand.ts"
import { noRate, type Rate } from "@concierge/core/pace/Rate.ts"
import { assert, describe, it } from "@effect/vitest"

const now = Date.UTC(2026, 2, 4, 12)

/** Found long ago, and written just now; 30 turns come in each second. */
const rate: Rate = {
  ...noRate,
  version: 1,
  at: now,
  epoch: 1,
  perSecond: 30,
  come: 1_000,
  since: now,
  free: 500,
  taps: 500,
  nextTap: 1_000,
  resumed: [now - 60_000, 0],
}
const handOf = (known: Rate) => {
  const hand = makeHand("worker")
  hand.begin(known)
  return hand
}

describe("a tap", () => {
  it("goes unasked while hardly anybody was early", () => {
    assert.strictEqual(handOf(rate).unasked(rate, now)?.lane, "tap")
  })

  it("asks while others stand in line for their places: all who come would go before them at once", () => {
    const queued = { ...rate, nextTap: 1_010 }
    const hand = handOf(queued)
    assert.isUndefined(hand.unasked(queued, now))
    // Nobody has asked for long: the line that was seen is gone.
    assert.isDefined(hand.unasked(queued, now + 2_500))
  })

  it("asks for a while after a silence", () => {
    const resumed: Rate = { ...rate, resumed: [now - 9_000, 0] }
    assert.isUndefined(handOf(resumed).unasked(resumed, now))
  })

  it("asks where so many have been early already, by its own count and by everybody's", () => {
    const hand = handOf(rate)
    const early = Array.from({ length: 30 }, () => hand.unasked(rate, now)).filter((turn) => turn !== undefined)
    assert.lengthOf(early, 12)
    const indebted = { ...rate, taps: 515 }
    assert.isUndefined(handOf(indebted).unasked(indebted, now))
  })
})

describe("a turn", () => {
  it("that nobody has used for half a second is lost", () => {
    const hand = handOf(rate)
    hand.take(
      { taps: 2, newcomers: 0, reach: 0, gone: 0, early: 0 },
      { rate, taps: [1_001, 1_020], reach: [], tickets: [] },
    )
    // By then 1,020 have come, and the first of the two is 19 too old.
    assert.strictEqual(hand.use(rate, "tap", now + 667)?.place, 1_020)
    assert.isUndefined(hand.use(rate, "tap", now + 667))
  })
})
