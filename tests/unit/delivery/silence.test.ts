import { processBatch } from "@concierge/core/delivery/batch.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import { currentIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { drain, nextBatch, receive, tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { outcomeOf } from "../../layers/seen.ts"
import { SpeechTest } from "../../layers/speech.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** As two chats at once were refused. */
const refuseAll = Effect.fnUntraced(function* (silence: Duration.Duration) {
  const pace = yield* Pace
  const arrivedAt = yield* currentIso
  const turn = yield* pace.take({ chatId: 1, lane: "arrival", arrivedAt, patience: Duration.zero })
  if (turn._tag === "NotNow") return assert.fail("nothing was refused yet")
  for (const chatId of [1, 2]) yield* pace.refused(turn, { chatId, method: "sendMessage" }, silence)
})

describe("a silence of the whole bot", () => {
  it.effect("for which a tap's message has to wait leaves its button not spinning", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      yield* refuseAll(Duration.seconds(20))
      const [before, from] = [telegram.calls.length, yield* Clock.currentTimeMillis]
      yield* receive(yield* taps(ana, "play_audio"))
      assert.isEmpty(yield* untilDone(processBatch(yield* nextBatch)))
      const [stopped, sent, ...more] = telegram.calls.slice(before)
      assert.isEmpty(more)
      assert.deepStrictEqual([stopped?.method, sent?.method], ["answerCallback", "sendVoice"])
      assert.isAtMost((stopped?.at ?? Number.NaN) - from, 100)
      assert.isAtLeast((sent?.at ?? Number.NaN) - from, 20_000)
    }).pipe(inWorld),
  )

  it.effect("that begins while a name is spoken is kept to, though the turn was had before", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      ;(yield* SpeechTest).takes = 5_000
      const [before, from] = [telegram.calls.length, yield* Clock.currentTimeMillis]
      yield* receive(yield* taps(ana, "play_audio"))
      const batch = yield* nextBatch
      const refusing = Effect.delay(refuseAll(Duration.seconds(20)), "2 seconds")
      yield* untilDone(Effect.all([processBatch(batch), refusing], { concurrency: 2 }))
      const sent = telegram.calls.slice(before).filter(({ method }) => method === "sendVoice")
      assert.lengthOf(sent, 1)
      assert.isAtLeast((sent[0]?.at ?? Number.NaN) - from, 22_000)
    }).pipe(inWorld),
  )

  it.effect("is not our lateness, where an update stands in the queue behind others that wait for turns", () =>
    Effect.gen(function* () {
      yield* refuseAll(Duration.seconds(2))
      yield* receive(yield* says(somebody(), "/start"))
      yield* TestClock.adjust("13 seconds")
      yield* drain
      const [took = Number.NaN] = (yield* Counted).values("StartToVideo")
      assert.isAtMost(took, 1_000)
    }).pipe(inWorld),
  )

  it.effect("that nobody has met does not excuse it", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(somebody(), "/start"))
      yield* TestClock.adjust("13 seconds")
      yield* drain
      const [took = Number.NaN] = (yield* Counted).values("StartToVideo")
      assert.isAtLeast(took, 13_000)
    }).pipe(inWorld),
  )

  for (const [what, known, millis] of [
    ["a video that Telegram knows is sent after almost a minute in hand", true, 55_000],
    ["a video that it does not know comes again at once: it may take a minute itself", false, 55_000],
    ["a minute is too long for any: a copy is waited for instead", true, 65_000],
  ] as const) {
    it.effect(what, () =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        if (known) yield* tell(says(somebody(), "/start"))
        yield* refuseAll(Duration.millis(millis))
        const [before, from] = [telegram.sends().length, yield* Clock.currentTimeMillis]
        const start = yield* says(somebody(), "/start")
        yield* receive(start)
        assert.isEmpty(yield* untilDone(processBatch(yield* nextBatch)))
        const isInHand = known && millis < 60_000
        assert.strictEqual((yield* Counted).of("UpdatesDeferred"), isInHand ? 0 : 1)
        assert.lengthOf(telegram.sends().slice(before), isInHand ? 1 : 0)
        yield* drain
        const sent = telegram.sends().slice(before)
        assert.lengthOf(sent, 1)
        assert.isAtLeast((sent[0]?.at ?? Number.NaN) - from, millis)
        assert.isAtMost((sent[0]?.at ?? Number.NaN) - from, millis + 2_000)
        assert.strictEqual(yield* outcomeOf(start), "applied")
        assert.strictEqual((yield* Counted).of("AmbiguousSends"), 0)
      }).pipe(inWorld),
    )
  }
})
