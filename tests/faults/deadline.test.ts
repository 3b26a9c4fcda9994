import { processBatch } from "@concierge/core/delivery/batch.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { states } from "../fixtures/concierge.ts"
import { drain, nextBatch, receive, tell } from "../layers/drive.ts"
import { outcomeOf, queued, userOf } from "../layers/seen.ts"
import { SpeechTest } from "../layers/speech.ts"
import { slow, TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { untilDone } from "../layers/untilDone.ts"
import { says, somebody, taps } from "../layers/updates.ts"

describe("the function's deadline", () => {
  it.effect("is near: no send is begun that could outlive it; copies, and everything is done (no receive burned)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = () => slow(9_000)
      const updates = yield* Effect.all(Array.from({ length: 10 }, () => says(ana, "/help")))
      for (const update of updates) yield* receive(update)
      const batch = yield* nextBatch
      const from = yield* Clock.currentTimeMillis
      assert.deepStrictEqual(yield* untilDone(processBatch(batch)), [])
      assert.isAtMost((yield* Clock.currentTimeMillis) - from, 98_000)
      for (const { at } of telegram.sends()) assert.isAtMost(at - from, 65_000)
      yield* drain
      for (const update of updates) assert.strictEqual(yield* outcomeOf(update), "applied")
      assert.lengthOf(telegram.accepted(), updates.length)
      assert.deepInclude(yield* userOf(ana), { unresolved: 0, ambiguous: 0 })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect(
    "is nearer than ours, for the function was slow to start: nothing is begun that it would not see the end of",
    () =>
      Effect.gen(function* () {
        const ana = somebody()
        const telegram = yield* TelegramTest
        yield* receive(yield* says(ana, "/start"))
        const batch = yield* nextBatch
        assert.deepStrictEqual(yield* untilDone(processBatch(batch, { timeLeft: Duration.seconds(15) })), [])
        assert.isEmpty(telegram.sends())
        yield* drain
        assert.lengthOf(telegram.accepted(), 1)
        assert.deepInclude(yield* userOf(ana), { state: states.video, unresolved: 0, ambiguous: 0 })
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      }).pipe(inWorld),
  )

  it.effect("is near when the greeting is ready: it is not sent then, and once by a copy (no message twice)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      yield* tell(says(ana, "/start"))
      telegram.always = () => slow(9_900)
      for (const _ of [1, 2, 3]) yield* receive(yield* says(ana, "/help"))
      const tap = yield* taps(ana, "play_audio")
      yield* receive(tap)
      // Begun just before 30 s: the greeting is ready after 38, too late for a whole file.
      ;(yield* SpeechTest).takes = 9_000
      const from = yield* Clock.currentTimeMillis
      const before = telegram.sends().length
      const batch = (yield* nextBatch).toSorted(
        (one, other) => one.update.attributes.updateId - other.update.attributes.updateId,
      )
      assert.deepStrictEqual(yield* untilDone(processBatch(batch)), [])
      const during = telegram.sends().slice(before)
      assert.deepStrictEqual([...new Set(during.map(({ method }) => method))], ["sendMessage"])
      for (const { at } of during) assert.isAtMost(at - from, 38_000)
      assert.isAbove((yield* Clock.currentTimeMillis) - from, 38_000)
      yield* drain
      assert.lengthOf(
        telegram.sends().filter(({ method }) => method === "sendVoice"),
        1,
      )
      assert.strictEqual(yield* outcomeOf(tap), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, unresolved: 0, ambiguous: 0 })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("one slow person does not take the others' time", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = (_, chatId) => (chatId === ana.id ? slow(9_900) : slow(50))
      const quick = yield* Effect.all(Array.from({ length: 9 }, () => says(somebody(), "/start")))
      yield* receive(yield* says(ana, "/start"))
      for (const update of quick) yield* receive(update)
      assert.deepStrictEqual(yield* untilDone(processBatch(yield* nextBatch)), [])
      const times = telegram.sends().map(({ at }) => at)
      assert.isAtMost(Math.max(...times) - Math.min(...times), 1_000)
      yield* tell(says(ana, "/help"))
      assert.strictEqual((yield* userOf(ana)).state, states.video)
    }).pipe(inWorld),
  )
})
