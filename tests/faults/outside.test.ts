import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../fixtures/concierge.ts"
import { drain, nextBatch, receive, tell, workBatch } from "../layers/drive.ts"
import { MediaTest } from "../layers/media.ts"
import { Counted } from "../layers/metrics.ts"
import { eventOf, outcomeOf, queued, receives, userOf } from "../layers/seen.ts"
import { down, SpeechTest, throttled } from "../layers/speech.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { beginning, inWorld } from "../layers/testWorld.ts"
import { says, somebody, taps } from "../layers/updates.ts"

describe("the voice", () => {
  it.effect.each([
    // Asked for again each second, for as long as a new name waits for its turn.
    ["throttled", throttled, 0, 16],
    ["down", down, 0, 1],
    // Three attempts without an answer (`Speech`).
    ["slow, beyond all patience", down, 13_100, 1],
  ] as const)(
    "is %s: the greeting comes as text, said to be degraded (nobody waits long for it)",
    ([, error, takes, asked]) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* tell(says(ana, "/start"))
        Object.assign(yield* SpeechTest, { error, takes })
        const tap = yield* taps(ana, "play_audio")
        yield* tell(Effect.succeed(tap))
        assert.deepInclude(yield* eventOf(tap), { deliveries: 1 })
        assert.strictEqual((yield* TelegramTest).sends().at(-1)?.method, "sendMessage")
        assert.lengthOf((yield* SpeechTest).asked, asked)
        assert.deepInclude(yield* eventOf(tap), { outcome: "applied", degraded: true })
        assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 0 })
        assert.strictEqual((yield* Counted).of("DegradedGreetings"), 1)
      }).pipe(inWorld),
  )

  it.effect("is so slow that no time is left to send: begun anew by a copy, with nothing sent before", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const speech = yield* SpeechTest
      yield* tell(says(ana, "/start"))
      speech.takes = 40_000
      const tap = yield* taps(ana, "play_audio")
      yield* tell(Effect.succeed(tap))
      // The first attempt has left the audio in the cache for the second.
      assert.lengthOf(speech.asked, 1)
      assert.lengthOf((yield* TelegramTest).sends(), 2)
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied", deliveries: 2 })
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 0 })
    }).pipe(inWorld),
  )
})

describe("the media", () => {
  it.effect("S3 cannot be read or written: the greeting is spoken all the same, only not cached", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const media = yield* MediaTest
      yield* tell(says(ana, "/start"))
      media.broken.add("get").add("put")
      yield* tell(taps(ana, "play_audio"))
      assert.strictEqual((yield* TelegramTest).sends().at(-1)?.method, "sendVoice")
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 0 })
      const asked = media.asked.filter(({ key }) => key.startsWith("tts/"))
      assert.deepStrictEqual(
        asked.map(({ method }) => method),
        ["get", "put"],
      )
      assert.lengthOf((yield* SpeechTest).asked, 1)
    }).pipe(inWorld),
  )

  it.effect("S3 is down and there is no link either: put off, no receive burned, taken when it is back", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const media = yield* MediaTest
      for (const method of ["get", "put", "signedUrl"] as const) media.broken.add(method)
      const start = yield* says(ana, "/start")
      yield* receive(start)
      for (let round = 1; round <= 5; round++) {
        assert.deepStrictEqual(yield* workBatch(yield* nextBatch), [])
        assert.deepStrictEqual(yield* receives, [0])
        yield* TestClock.adjust("10 minutes")
      }
      // The upload was tried (its measures, then itself), and the link after it; the person's lock is free, and nothing may be with them twice.
      assert.deepStrictEqual(
        media.asked.slice(0, 4).map(({ method }) => method),
        ["signedUrl", "get", "get", "signedUrl"],
      )
      assert.isEmpty((yield* TelegramTest).sends())
      assert.notProperty(yield* userOf(ana), "lock")
      media.broken.clear()
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ambiguous: 0 })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("S3 is down for good, and there is no link: after six hours it waits where an operator sees it", () =>
    Effect.gen(function* () {
      const media = yield* MediaTest
      for (const method of ["get", "put", "signedUrl"] as const) media.broken.add(method)
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start))
      assert.isUndefined(yield* outcomeOf(start))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      assert.isAtLeast((yield* Clock.currentTimeMillis) - beginning, 6 * 3_600_000)
    }).pipe(inWorld),
  )
})
