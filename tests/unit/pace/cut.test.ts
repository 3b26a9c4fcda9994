import { probed, refusedBy, toldBy } from "@concierge/core/pace/cut.ts"
import { leased } from "@concierge/core/pace/lease.ts"
import { debtBy, freeBy, noRate, type Rate, upTo } from "@concierge/core/pace/Rate.ts"
import { makeTaken } from "@concierge/core/pace/Taken.ts"
import { assert, describe, it } from "@effect/vitest"
import { makeBucket } from "../../../packages/local/telegram/bucket.ts"

const epoch = Date.UTC(2026, 2, 4, 12)

/** Ten workers call so often until refusals mean everybody, and tell what was taken before that. */
const firstCut = (limit: number, perSecond: number): Rate => {
  const bucket = makeBucket({ perSecond: limit, burst: limit })
  const workers = Array.from({ length: 10 }, makeTaken)
  let [rate, at] = [noRate, epoch]
  for (let call = 0; rate.cut === undefined; call++) {
    at = epoch + (call * 1000) / perSecond
    if (!bucket.fits(at)) rate = refusedBy(rate, at, { silence: 5_000, epoch: 0, who: `${call}`, at }) ?? rate
    else {
      bucket.take(at)
      workers[call % 10]?.add(at)
    }
  }
  return workers.reduce((told, worker, index) => toldBy(told, at + 700, `${index}`, worker.before(at)) ?? told, rate)
}

describe("the rate that is found", () => {
  it.each([5, 12, 30, 100].flatMap((limit) => [1.3, 1.5, 3, 20].map((rush) => ({ limit, rush }))))(
    "by the first refusal of $limit a second is a little below it, where $rush times as many came",
    ({ limit, rush }) => {
      const { perSecond } = firstCut(limit, limit * rush)
      // Of calls there are whole ones only.
      assert.isAtMost(perSecond, limit + 0.3)
      assert.isAtLeast(perSecond, 0.8 * limit)
    },
  )

  it.each([5, 30, 100])(
    "by refusals of what is tried is near %d a second too, and is tried anew only later",
    (limit) => {
      const bucket = makeBucket({ perSecond: limit, burst: limit })
      let rate: Rate = {
        ...noRate,
        epoch: 1,
        perSecond: 0.85 * limit,
        since: epoch,
        resumed: [epoch, 0],
        probeAt: epoch + 20_000,
      }
      let sent = 0
      for (let at = epoch; rate.epoch === 1 && at < epoch + 200_000; at += 100) {
        // Newcomers wait all the time, and use every turn that comes.
        rate = leased(probed(rate, at), at, "1", {
          taps: 0,
          gone: 0,
          unpaced: 0,
          reach: 0,
          early: 0,
          newcomers: limit,
        }).rate
        for (; sent < rate.come; sent++) {
          if (bucket.fits(at)) {
            bucket.take(at)
            continue
          }
          const refused = (who: string): Rate => refusedBy(rate, at, { silence: 5_000, epoch: 1, who, at }) ?? rate
          rate = refused("1")
          rate = refused("2")
          break
        }
      }
      assert.strictEqual(rate.epoch, 2)
      assert.isAtMost(rate.perSecond, 1.02 * limit)
      assert.isAtLeast(rate.perSecond, 0.9 * limit)
      assert.isAtLeast(rate.probeAt - rate.since, 60_000)
    },
  )

  it("is not taken back by a worker that tells late what it had, when more is tried already", () => {
    const found = firstCut(30, 100)
    const late = { ...found, cut: { at: 0, told: [], ...found.cut, taken: found.cut?.taken.map(() => 0) ?? [] } }
    const tried = { ...late, perSecond: found.perSecond * 1.04 }
    const told = toldBy(tried, found.since + 25_000, "late", makeTaken().before(found.at))
    assert.strictEqual(told?.perSecond, tried.perSecond)
  })

  it("does not follow from what was refused", () => {
    const taken = makeTaken()
    for (const at of [epoch, epoch + 10, epoch + 20]) taken.add(at)
    taken.remove(epoch + 10)
    assert.strictEqual(taken.before(epoch + 50)[0], 2)
  })

  it("follows from a worker's last call where it takes the moment of the refusal for seconds too late", () => {
    const taken = makeTaken()
    for (const at of [epoch, epoch + 10, epoch + 20]) taken.add(at)
    assert.strictEqual(taken.lastBefore(epoch + 6_000), epoch + 20)
    const told = taken.before(taken.lastBefore(epoch + 6_000), false)
    assert.deepStrictEqual([told.at(0), told.at(-1)], [0, 3])
    assert.strictEqual(taken.lastBefore(epoch + 60_000), epoch + 60_000)
  })

  it("is hardly less after a refusal that chance may have brought", () => {
    const before: Rate = { ...noRate, epoch: 3, perSecond: 28, come: 5_000, since: epoch, resumed: [epoch, 5_000] }
    const at = epoch + 200_000
    const refused = (rate: Rate, who: string): Rate =>
      refusedBy(rate, at, { silence: 5_000, epoch: 3, who, at }) ?? rate
    const { perSecond, since } = refused(refused(before, "1"), "2")
    assert.strictEqual(since, at + 5_000)
    assert.isAtLeast(perSecond, 27.5)
    assert.isBelow(perSecond, 28)
  })
})

describe("newcomers", () => {
  it("have turns that taps did not use by and by, and what taps leave in the end", () => {
    // A hundred turns were kept for taps that did not come.
    const uncounted = { one: [epoch, 0], other: [epoch, 0] } as const
    const come = {
      perSecond: 30,
      come: 1_000,
      since: epoch,
      free: 300,
      taps: 600,
      flow: [epoch, 20],
      uncounted,
    } as const
    const rate: Rate = { ...noRate, epoch: 1, ...come }
    assert.strictEqual(freeBy(rate, epoch), 300)
    assert.approximately(freeBy(rate, epoch + 1_000), 300 + 1.08 * 30 - 20, 0.001)
    assert.strictEqual(freeBy({ ...rate, taps: 720 }, epoch + 1_000), 310)
    // One worker alone knows what its taps have used.
    assert.strictEqual(freeBy({ ...rate, uncounted: { one: [epoch, 0] } }, epoch), 400)
  })

  it("do not make up for turns of more than a moment: Telegram has not kept the others", () => {
    const uncounted = { one: [epoch, 0], other: [epoch, 0] } as const
    const rate: Rate = {
      ...noRate,
      epoch: 1,
      perSecond: 30,
      come: 1_000,
      since: epoch,
      free: 300,
      taps: 600,
      uncounted,
    }
    const written = upTo(rate, epoch)
    assert.strictEqual(debtBy(rate, epoch), -100)
    assert.strictEqual(debtBy(written, epoch), -12)
    assert.strictEqual(debtBy(upTo(written, epoch), epoch), -12)
    // These are made up for in five seconds, and then newcomers have what there is.
    assert.approximately(debtBy(upTo(written, epoch + 4_000), epoch + 4_000), -12 + 4 * 0.08 * 30, 0.001)
    assert.approximately(debtBy(upTo(written, epoch + 6_000), epoch + 6_000), 0, 0.001)
  })
})
