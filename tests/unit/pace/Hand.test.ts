import { makeHand } from "@concierge/core/pace/Hand.ts"
import { allowance, leased } from "@concierge/core/pace/lease.ts"
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
  hand.begin(known, now, () => 0)
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

  const unaskedBy = (known: Rate, at: number): number => {
    const hand = handOf(known)
    return Array.from({ length: 60 }, () => hand.unasked(known, at)).filter((turn) => turn !== undefined).length
  }

  it("asks where its worker has had more than all others expect of it, and where so many have been early already", () => {
    assert.strictEqual(unaskedBy(rate, now), 5)
    assert.strictEqual(unaskedBy({ ...rate, perSecond: 100 }, now), 10)
    // Four a second for two seconds.
    const expected: Rate = { ...rate, uncounted: { worker: [now, 4], other: [now, 4] } }
    assert.strictEqual(unaskedBy(expected, now + 2_000), 13)
    const indebted = { ...rate, taps: 515 }
    assert.strictEqual(unaskedBy(indebted, now), 0)
  })
})

describe("a call that was made before its worker knew of the rate", () => {
  const newcomer = { tap: 0, arrival: 1, reach: 0 }
  const unpacedOf = (known: Rate, called: number) => {
    const hand = makeHand("worker")
    hand.begin(known, now, () => called)
    return hand.wish(known, now, newcomer)?.unpaced
  }

  it("is told of with the next wish, once", () => {
    const resumed: Rate = { ...rate, resumed: [now - 9_000, 0] }
    const hand = makeHand("worker")
    hand.begin(resumed, now, (after) => (after === now - 9_000 ? 7 : assert.fail("since the silence")))
    hand.begin(resumed, now, () => assert.fail("it is the same rate"))
    hand.addUnpaced()
    const wish = hand.wish(resumed, now, newcomer)
    if (wish === undefined) return assert.fail("a newcomer waits")
    assert.strictEqual(wish.unpaced, 8)
    const lease = leased(resumed, now, "worker", wish)
    assert.strictEqual(lease.rate.taps, resumed.taps + 8)
    // Nobody expects more such calls.
    assert.deepStrictEqual(lease.rate.uncounted, {})
    hand.take(wish, lease)
    assert.strictEqual(hand.wish(lease.rate, now, { ...newcomer, arrival: 2 })?.unpaced, 0)
  })

  it("is no matter any more where the silence is long over: Telegram has made up for it", () => {
    assert.strictEqual(unpacedOf({ ...rate, resumed: [now - 20_000, 0] }, 300), 0)
    assert.strictEqual(unpacedOf({ ...rate, resumed: [now - 9_000, 0] }, 300), 16)
  })
})

describe("after a silence", () => {
  it("taps have no turns from before it, also none that somebody gives back", () => {
    const hand = handOf(rate)
    const wish = { taps: 2, newcomers: 1, reach: 0, gone: 0, unpaced: 0, early: 0 }
    hand.take(wish, { rate, taps: [1_000, 1_001], reach: [], tickets: [500] })
    const unused = hand.use(rate, "tap", now)
    if (unused === undefined) return assert.fail("it has come")
    const next: Rate = { ...rate, epoch: 2, resumed: [now, 0] }
    hand.begin(next, now, () => 0)
    hand.giveBack(unused)
    assert.isUndefined(hand.use(next, "tap", now + 100))
    assert.strictEqual(hand.wish(next, now, { tap: 1, arrival: 1, reach: 0 })?.taps, 1)
    // Newcomers keep their tickets.
    assert.strictEqual(hand.use(next, "arrival", now + 100)?.place, 500)
  })
})

describe("a turn", () => {
  it("that taps ask for while others are left over can be used at once", () => {
    const uncounted = { worker: [now, 0], other: [now, 0] } as const
    const leftOver: Rate = { ...rate, free: 480, taps: 460, nextTap: 900, uncounted }
    const hand = handOf(leftOver)
    const wish = { taps: 8, newcomers: 0, reach: 0, gone: 0, unpaced: 0, early: allowance(leftOver) }
    const lease = leased(leftOver, now, "worker", wish)
    hand.take(wish, lease)
    const used = Array.from({ length: 8 }, () => hand.use(lease.rate, "tap", now + 50))
    assert.isTrue(used.every((turn) => turn !== undefined))
  })

  it("that nobody has used for half a second is lost", () => {
    const hand = handOf(rate)
    hand.take(
      { taps: 2, newcomers: 0, reach: 0, gone: 0, unpaced: 0, early: 0 },
      { rate, taps: [1_001, 1_020], reach: [], tickets: [] },
    )
    // By then 1,020 have come, and the first of the two is 19 too old.
    assert.strictEqual(hand.use(rate, "tap", now + 667)?.place, 1_020)
    assert.isUndefined(hand.use(rate, "tap", now + 667))
  })
})
