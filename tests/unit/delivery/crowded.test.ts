import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { makeBucket } from "../../../packages/local/telegram/bucket.ts"
import { tell, tellAtOnce } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { eventOf } from "../../layers/seen.ts"
import { SpeechTest } from "../../layers/speech.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const named = (first_name: string) => somebody({ first_name })

describe("a greeting whose name has others before it", () => {
  it.effect("comes later where many new names wait, and keeps nobody's waiting that was spoken before", () =>
    Effect.gen(function* () {
      const [speech, ana] = [yield* SpeechTest, named("Ana")]
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"))
      const people = [...Array.from({ length: 12 }, (_, index) => named(`Eva ${"abcdefghijkl"[index]}`)), named("Ana")]
      yield* tell(...people.map((person) => says(person, "/start")))
      speech.limit = makeBucket({ perSecond: 1, burst: 2 })
      const updates = yield* Effect.forEach(people, (person) => taps(person, "play_audio"))
      const tappedAt = yield* Clock.currentTimeMillis
      yield* tellAtOnce(...updates.map((tap) => Effect.succeed(tap)))
      const voices = (yield* TelegramTest).sends().filter(({ method }) => method === "sendVoice")
      const heardAt = new Map(voices.slice(1).map(({ at, message }) => [message.chatId, at - tappedAt]))
      assert.strictEqual(heardAt.size, people.length)
      assert.isAtMost(heardAt.get(people.at(-1)?.id ?? 0) ?? Number.NaN, 4_000)
      assert.isAtMost(Math.max(...heardAt.values()), 60_000)
      assert.strictEqual((yield* Counted).of("DegradedGreetings"), 0)
      assert.isAtLeast((yield* Counted).of("UpdatesDeferred"), 5)
      for (const tap of updates) assert.propertyVal(yield* eventOf(tap), "outcome", "applied")
    }).pipe(inWorld),
  )

  it.effect("is text where too many new names wait for minutes", () =>
    Effect.gen(function* () {
      const people = Array.from({ length: 8 }, (_, index) => named(`Eva ${"abcdefgh"[index]}`))
      yield* tell(...people.map((person) => says(person, "/start")))
      const speech = yield* SpeechTest
      speech.limit = makeBucket({ perSecond: 0.02, burst: 2 })
      const tappedAt = yield* Clock.currentTimeMillis
      yield* tellAtOnce(...people.map((person) => taps(person, "play_audio")))
      const telegram = yield* TelegramTest
      assert.lengthOf(telegram.sends(), 2 * people.length)
      assert.isAtLeast((yield* Counted).of("DegradedGreetings"), 3)
      assert.isAtMost(Math.max(...telegram.sends().map(({ at }) => at)) - tappedAt, 5 * 60_000)
    }).pipe(inWorld),
  )
})
