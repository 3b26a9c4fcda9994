import { makePace } from "@concierge/core/pace/makePace.ts"
import { noRate, Rate } from "@concierge/core/pace/Rate.ts"
import { makeShared } from "@concierge/core/pace/Shared.ts"
import type { Pace } from "@concierge/core/services/Pace.ts"
import { Settings, type Swap } from "@concierge/core/services/Settings.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { skewed } from "../../simulator/skewed.ts"

const stores = SqliteSettings.layer.pipe(Layer.provideMerge(Tables.layer(":memory:")))

const now = Date.UTC(2026, 2, 4, 12)

const stored = Effect.gen(function* () {
  const found = yield* (yield* Settings).get("pace#test")
  return yield* Schema.decodeUnknownEffect(Rate)(Option.getOrThrow(found))
})

const turnOf = Effect.fnUntraced(function* (pace: Pace["Service"], chatId: number) {
  const ask = { chatId, lane: "arrival", arrivedAt: toIso(now), patience: Duration.minutes(1) } as const
  const turn = yield* pace.take(ask)
  return turn._tag === "Turn" ? turn : assert.fail("it comes within a minute")
})

const refuse = (pace: Pace["Service"], chatId: number, turn: Effect.Success<ReturnType<typeof turnOf>>) =>
  pace.refused(turn, { chatId, method: "sendMessage" }, Duration.seconds(5))

describe("the first refusal", () => {
  it.effect("is of the moment at which the call began, however long after its turn that was", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const pace = yield* makePace("pace#test")
      const turns = [yield* untilDone(turnOf(pace, 1)), yield* untilDone(turnOf(pace, 2))]
      yield* TestClock.adjust("2 seconds")
      const used = yield* Effect.forEach(turns, pace.use)
      yield* TestClock.adjust("200 millis")
      for (const [index, turn] of used.entries()) yield* untilDone(refuse(pace, index + 1, turn))
      assert.strictEqual((yield* stored).cut?.at, now + 2_000)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("is of that moment too where a worker hears only then that its clock is five seconds late", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const [ahead, behind] = [yield* makePace("pace#test"), yield* makePace("pace#test")]
      const clock = skewed(yield* Clock.Clock, 5_000)
      const byItsClock = Effect.provideService(Clock.Clock, clock)
      const turn = yield* untilDone(turnOf(behind, 2))
      yield* refuse(ahead, 1, { _tag: "Turn", at: now + 5_000, epoch: 0, lane: "arrival" }).pipe(byItsClock)
      yield* TestClock.adjust("300 millis")
      yield* untilDone(refuse(behind, 2, turn))
      const { at, cut } = yield* stored
      // The look may be late, and so what is learnt by it.
      assert.isAtLeast(at, now + 5_000)
      assert.strictEqual(cut?.at, at - 300)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("the clock that all share", () => {
  it.effect("is of whoever writes first, also where another writes at the same moment", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const settings = yield* Settings
      const slow = { ...settings, swap: (swap: Swap) => Effect.delay(settings.swap(swap), 6) }
      const [first, second] = [makeShared(slow, "pace#test"), makeShared(slow, "pace#test")]
      const write = ({ change }: typeof first) => change((rate) => ({ ...rate, epoch: rate.epoch + 1 }))
      const wrong = Effect.updateService(write(second), Clock.Clock, (clock) => skewed(clock, 5_000))
      yield* untilDone(Effect.all([write(first), wrong], { concurrency: 2 }))
      const { at, epoch } = yield* stored
      assert.strictEqual(epoch, noRate.epoch + 2)
      assert.isBelow(at, now + 1_000)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("a worker that hears of the rate only after the silence", () => {
  it.effect("counts what it has sent since then, and what it sends by a turn from before it knew", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const [first, second] = [yield* makePace("pace#test"), yield* makePace("pace#test")]
      yield* second.use(yield* untilDone(turnOf(second, 1)))
      const turn = yield* untilDone(turnOf(first, 2))
      for (const chatId of [2, 3]) yield* untilDone(refuse(first, chatId, turn))
      const { taps } = yield* stored
      yield* TestClock.adjust("6 seconds")
      const unpaced = yield* Effect.forEach([4, 5, 6, 7], (chatId) => untilDone(turnOf(second, chatId)))
      assert.deepStrictEqual(
        unpaced.map(({ epoch }) => epoch),
        [0, 0, 0, 0],
      )
      yield* Effect.forEach(unpaced.slice(0, 3), second.use)
      yield* untilDone(turnOf(first, 10))
      // The fifth call makes it look, and the sixth has a turn.
      yield* untilDone(turnOf(second, 8))
      yield* Effect.forEach(unpaced.slice(3), second.use)
      assert.strictEqual((yield* untilDone(turnOf(second, 9))).epoch, 1)
      assert.strictEqual((yield* stored).taps, taps + unpaced.length)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("a rate that is over", () => {
  const over = Effect.gen(function* () {
    yield* TestClock.setTime(now)
    const pace = yield* makePace("pace#test")
    const turn = yield* untilDone(turnOf(pace, 1))
    for (const chatId of [1, 2]) yield* untilDone(refuse(pace, chatId, turn))
    yield* TestClock.adjust("20 minutes")
    return pace
  })

  it.effect("is none again because one chat is refused", () =>
    Effect.gen(function* () {
      const pace = yield* over
      yield* untilDone(refuse(pace, 3, yield* untilDone(turnOf(pace, 3))))
      assert.isFalse(yield* pace.isOn)
      // That chat waits all the same.
      const ask = { chatId: 3, lane: "arrival", arrivedAt: toIso(now), patience: Duration.zero } as const
      assert.strictEqual((yield* untilDone(pace.take(ask)))._tag, "NotNow")
      const other = yield* makePace("pace#test")
      assert.strictEqual((yield* untilDone(turnOf(other, 4))).epoch, 0)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("is found anew, after a silence, where two are", () =>
    Effect.gen(function* () {
      const pace = yield* over
      const turn = yield* untilDone(turnOf(pace, 3))
      for (const chatId of [3, 4]) yield* untilDone(refuse(pace, chatId, turn))
      const at = yield* Clock.currentTimeMillis
      const { cut, epoch, since } = yield* stored
      assert.strictEqual(epoch, 2)
      assert.strictEqual(since, at + 5_000)
      assert.strictEqual(cut?.told.length, 0)
      assert.isTrue(yield* pace.isOn)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})
