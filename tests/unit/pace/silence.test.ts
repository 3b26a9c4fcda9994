import { refusedBy, silentUntil } from "@concierge/core/pace/cut.ts"
import { allowance, leased } from "@concierge/core/pace/lease.ts"
import { makePace } from "@concierge/core/pace/makePace.ts"
import { comeBy, debtBy, freeBy, noRate, type Rate, turnsIn } from "@concierge/core/pace/Rate.ts"
import type { Pace } from "@concierge/core/services/Pace.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Arr from "effect/Array"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { untilDone } from "../../layers/untilDone.ts"

const stores = SqliteSettings.layer.pipe(Layer.provideMerge(Tables.layer(":memory:")))

const now = Date.UTC(2026, 2, 4, 12)

const ask = (chatId: number, patience: Duration.Input) =>
  ({ chatId, lane: "arrival", arrivedAt: toIso(now + chatId), patience: Duration.fromInputUnsafe(patience) }) as const

const turnOf = Effect.fnUntraced(function* (pace: Pace["Service"], chatId: number, patience: Duration.Input) {
  const turn = yield* untilDone(pace.take(ask(chatId, patience)))
  return turn._tag === "Turn" ? turn : assert.fail("it does not come in time")
})

/** A worker that two chats were refused, which means everybody, with a turn from before. */
const silenced = Effect.fnUntraced(function* (lasts: Duration.Input) {
  yield* TestClock.setTime(now)
  const pace = yield* makePace("pace#test")
  const before = yield* turnOf(pace, 1, 0)
  for (const chatId of [1, 2]) {
    yield* pace.refused(before, { chatId, method: "sendMessage" }, Duration.fromInputUnsafe(lasts))
  }
  assert.isTrue(yield* pace.isOn)
  return { pace, before }
})

/** How long somebody has to wait who cannot. */
const waitOf = Effect.fnUntraced(function* (pace: Pace["Service"]) {
  const turn = yield* untilDone(pace.take(ask(9, 0)))
  return turn._tag === "NotNow" ? Duration.toSeconds(turn.wait) : 0
})

describe("a silence", () => {
  const rate: Rate = { ...noRate, epoch: 1, perSecond: 10, come: 100, since: now + 5_000, resumed: [now + 5_000, 0] }

  it("that is to last longer does: no turn comes until then", () => {
    const longer = silentUntil(rate, now + 1_000, now + 20_000)
    assert.deepInclude(longer, { epoch: 1, perSecond: 10, since: now + 20_000, resumed: [now + 20_000, 0] })
    assert.strictEqual(comeBy(longer ?? noRate, now + 20_000), 100)
    assert.strictEqual(comeBy(longer ?? noRate, now + 21_000), 110)
  })

  it("that lasts for about as long already is left as it is", () => {
    assert.isUndefined(silentUntil(rate, now + 1_000, now + 5_900))
  })

  it.effect("is longer for everybody where a call from before is refused for longer", () =>
    Effect.gen(function* () {
      const { before, pace } = yield* silenced("5 seconds")
      assert.approximately(yield* waitOf(pace), 5, 1)
      yield* pace.refused(before, { chatId: 3, method: "sendMessage" }, Duration.seconds(60))
      assert.approximately(yield* waitOf(pace), 60, 1)
      const other = yield* makePace("pace#test")
      assert.approximately(yield* waitOf(other), 60, 1)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("is followed by turns for as long as Telegram may still count, and then by none", () =>
    Effect.gen(function* () {
      const { pace } = yield* silenced("5 seconds")
      yield* TestClock.adjust("4 minutes")
      assert.isAbove((yield* turnOf(pace, 3, "10 seconds")).epoch, 0)
      assert.isTrue(yield* pace.isOn)
      yield* TestClock.adjust("6 minutes")
      assert.strictEqual((yield* turnOf(pace, 4, 0)).epoch, 0)
      assert.isFalse(yield* pace.isOn)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("a tap that waits when a silence is over", () => {
  const before: Rate = {
    ...noRate,
    epoch: 1,
    perSecond: 30,
    come: 900,
    since: now,
    free: 300,
    taps: 600,
    ticket: 5_000,
    resumed: [now, 900],
  }
  const silencedFrom = (rate: Rate): Rate => {
    const refusal = { silence: 5_000, epoch: 1, at: now + 60_000 }
    const suspected = refusedBy(rate, now + 60_000, { ...refusal, who: "1" }) ?? rate
    return refusedBy(suspected, now + 60_000, { ...refusal, who: "2" }) ?? suspected
  }
  const wishFor = (rate: Rate, taps: number, gone = 0) => {
    return { taps, gone, unpaced: 0, reach: 0, early: allowance(rate), newcomers: 0 }
  }

  it("goes at once, by the burst that Telegram takes then, and newcomers go on later", () => {
    const silent = silencedFrom(before)
    const { rate, taps } = leased(silent, now + 61_000, "1", wishFor(silent, 60))
    const at = (millis: number): number => taps.filter((place) => place <= comeBy(rate, silent.since + millis)).length
    assert.isAtLeast(at(0), 0.35 * rate.perSecond)
    assert.isAtMost(at(0), 0.5 * rate.perSecond)
    assert.isAtMost(at(1_000), at(0) + rate.perSecond + 1)
    assert.strictEqual(freeBy(rate, silent.since + 1_500), freeBy(silent, silent.since))
    assert.isAbove(freeBy(rate, silent.since + 6_000), freeBy(silent, silent.since))
  })

  it("has the first turns: newcomers' workers know of it only a moment later", () => {
    const silent = silencedFrom(before)
    const went = freeBy(before, now + 60_000)
    assert.isAtMost(freeBy(silent, silent.since + 750), went)
    assert.isAbove(freeBy(silent, silent.since + 850), went)
  })

  it("has no more of them where one silence follows the other, so that newcomers go on after the last", () => {
    const again = (rate: Rate, epoch: number): Rate => {
      const at = rate.since + 100
      const refused = (then: Rate, who: string) => refusedBy(then, at, { silence: 5_000, epoch, at, who }) ?? then
      return refused(refused(rate, "1"), "2")
    }
    const first = silencedFrom(before)
    const last = Arr.range(2, 9).reduce(again, first)
    assert.strictEqual(last.epoch, 10)
    assert.approximately(freeBy(last, last.since + 800), freeBy(first, first.since + 800), 0.1)
  })

  it("is not held back by others that were early before it: Telegram has made up for them", () => {
    // Of 2,700 turns.
    const early: Rate = { ...before, free: 300, taps: 2_420, nextTap: 2_730 }
    assert.strictEqual(debtBy(early, now + 60_000), 20)
    const silent = silencedFrom(early)
    assert.approximately(debtBy(silent, now + 60_000), 0, 0.001)
    const { rate, taps } = leased(silent, now + 61_000, "1", wishFor(silent, 5))
    assert.isTrue(taps.every((place) => place <= comeBy(rate, silent.since)))
  })

  it("is not held back by others that would have gone uncounted meanwhile, also where it is made longer", () => {
    const silent = silencedFrom(before)
    const { rate } = leased(silent, now + 61_000, "1", wishFor(silent, 1, 12))
    const debt = debtBy(rate, now + 61_000)
    assert.strictEqual(debtBy(rate, silent.since), debt)
    // From then on they are expected, two a second.
    assert.isAbove(debtBy(rate, silent.since + 200) + turnsIn(rate, 200), debt + 0.4)
    const longer = silentUntil(rate, now + 62_000, now + 80_000)
    if (longer === undefined) return assert.fail("it is longer")
    assert.strictEqual(debtBy(longer, now + 80_000), debt)
  })
})

describe("a refusal for an hour", () => {
  it.effect("of one method is no matter of the bot's; of two it is, and no worker has a turn", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const [one, two] = [yield* makePace("pace#test"), yield* makePace("pace#test")]
      const refuse = Effect.fnUntraced(function* (method: string) {
        for (const chatId of [1, 2]) {
          yield* one.refused(yield* turnOf(one, chatId, 0), { chatId, method }, Duration.hours(1))
        }
      })
      yield* refuse("sendVideo")
      assert.strictEqual(yield* waitOf(two), 0)
      assert.isFalse(yield* one.isOn)
      yield* refuse("sendMessage")
      yield* TestClock.adjust("1 second")
      // Whoever is not paced looks now and then at what the others know.
      for (const chatId of [4, 5, 6, 7, 8]) yield* turnOf(two, chatId, 0)
      assert.isAtLeast(yield* waitOf(two), 55 * 60)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("a turn that was not used", () => {
  it.effect("is the next one's at once, who would have to wait for another", () =>
    Effect.gen(function* () {
      const { pace } = yield* silenced("5 seconds")
      yield* turnOf(pace, 3, "1 minute")
      const unused = yield* turnOf(pace, 4, "1 minute")
      assert.strictEqual((yield* untilDone(pace.take(ask(5, "100 millis"))))._tag, "NotNow")
      yield* pace.giveBack(unused)
      assert.strictEqual((yield* turnOf(pace, 6, "100 millis")).place, unused.place)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})
