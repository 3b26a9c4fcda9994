import { refusedBy } from "@concierge/core/pace/cut.ts"
import { noRate, type Rate } from "@concierge/core/pace/Rate.ts"
import { assert, describe, it } from "@effect/vitest"

const epoch = Date.UTC(2026, 2, 4, 12)

describe("a rate that is refused", () => {
  const refusedAfter = (rate: Partial<Rate>, millis: number): Rate => {
    const before: Rate = { ...noRate, epoch: 1, perSecond: 30, since: epoch, resumed: [epoch, 0], ...rate }
    const at = epoch + millis
    const refused = (then: Rate, who: string): Rate =>
      refusedBy(then, at, { silence: 5_000, epoch: 1, who, at }) ?? then
    return refused(refused(before, "1"), "2")
  }
  /** Turns that newcomers have used by then. */
  const used = (turns: number, millis: number) => ({ come: turns, free: turns, ticket: turns, since: epoch + millis })

  it("after ten seconds is a tenth too high at most, however few turns were used before it was found", () => {
    const { perSecond } = refusedAfter(used(240, 11_000), 11_000)
    assert.approximately(perSecond, 30 * (11 / 12) * 0.98, 0.01)
    assert.isAtMost(refusedAfter({ ...used(240, 60_000), perSecond: 31 }, 60_000).perSecond, 30)
    // Of one that was found a moment ago only what was used says something.
    assert.approximately(refusedAfter(used(160, 8_000), 8_000).perSecond, (161 / 9) * 0.95, 0.01)
  })

  it("was so many turns as were used since the last silence, without those that it left to taps", () => {
    const first = refusedAfter(used(1_000, 60_000), 60_000)
    const at = first.since + 6_000
    const late: Rate = { ...first, epoch: 2, perSecond: 40, ticket: 5_000 }
    const refused = (then: Rate, who: string) => refusedBy(then, at, { silence: 5_000, epoch: 2, who, at }) ?? then
    // 240 turns have come, and newcomers were there for what they had not had.
    const left = 0.8 * first.perSecond
    assert.approximately(refused(refused(late, "1"), "2").perSecond, ((240 - left + 1) / 7) * 0.95, 0.2)
  })

  it("is one turn a second at least", () => {
    assert.strictEqual(refusedAfter({}, 8_000).perSecond, 1)
  })

  it("is tried anew later after a small step than after a large one, which leaves more unknown", () => {
    const waitAfter = (rate: Partial<Rate>, millis: number): number => {
      const { probeAt, since } = refusedAfter(rate, millis)
      return Math.round((probeAt - since) / 1_000)
    }
    assert.deepStrictEqual(
      [0.06, 0.03, 0.015].map((step) => waitAfter({ step }, 60_000)),
      [167, 333, 667],
    )
    // Chance refuses it before anything was tried.
    assert.strictEqual(waitAfter({ probeAt: epoch + 20_000 }, 12_000), 20)
    assert.strictEqual(waitAfter({ probeAt: epoch + 500_000 }, 60_000), 667)
  })
})
