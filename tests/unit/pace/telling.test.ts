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
  it.effect("counts what it has sent since then", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const [first, second] = [yield* makePace("pace#test"), yield* makePace("pace#test")]
      yield* untilDone(turnOf(second, 1))
      const turn = yield* untilDone(turnOf(first, 2))
      for (const chatId of [2, 3]) yield* untilDone(refuse(first, chatId, turn))
      yield* TestClock.adjust("6 seconds")
      const strays = yield* Effect.forEach([4, 5, 6, 7], (chatId) => untilDone(turnOf(second, chatId)))
      assert.deepStrictEqual(
        strays.map(({ epoch }) => epoch),
        [0, 0, 0, 0],
      )
      yield* Effect.forEach(strays, second.use)
      yield* untilDone(turnOf(first, 10))
      // The fifth call makes it look, and the sixth has a turn.
      yield* untilDone(turnOf(second, 8))
      const paced = yield* untilDone(turnOf(second, 9))
      assert.strictEqual(paced.epoch, 1)
      assert.strictEqual((yield* stored).taps, strays.length)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})
