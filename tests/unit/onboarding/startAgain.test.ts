import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { drain, receive, tell, tellAtOnce } from "../../layers/drive.ts"
import { userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const methods = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ method }) => method))

describe("the same /start again", () => {
  it.effect("within 30 seconds repeats only the button", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start ref_a"))
      yield* TestClock.adjust("28 seconds")
      yield* tell(says(ana, "/start ref_a"))
      const telegram = yield* TelegramTest
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendMessage"])
      assert.deepInclude(telegram.sends()[1]?.message, {
        html: copy.en.again,
        buttons: [{ text: copy.en.steps.greeting.button, data: "play_audio", style: "primary" }],
      })
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
    }).pipe(inWorld),
  )

  it.effect("even with a payload longer than is kept", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = `/start ${"x".repeat(4000)}`
      yield* tell(says(ana, start), says(ana, start))
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendMessage"])
    }).pipe(inWorld),
  )

  it.effect("after that continues", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      yield* TestClock.adjust("31 seconds")
      yield* tell(says(ana, "/start"))
      assert.strictEqual((yield* userOf(ana)).state, states.greeting)
    }).pipe(inWorld),
  )

  it.effect("as a double tap on the queue sends one video", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tellAtOnce(says(ana, "/start"), says(ana, "/start"))
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendMessage"])
    }).pipe(inWorld),
  )

  it.effect("overtaken by the tap that followed it does not skip a step", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      yield* TestClock.adjust("2 seconds")
      yield* tell(taps(ana, "watch_video"))
      yield* receive(start)
      yield* drain
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendMessage"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, ref_code: "ref_a" })
    }).pipe(inWorld),
  )
})
