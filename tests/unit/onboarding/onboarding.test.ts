import { brand } from "@concierge/brands/concierge/brand.ts"
import { eventId, userIdOf } from "@concierge/core/ids.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { tell } from "../../layers/drive.ts"
import { eventOf, outcomeOf, sessionsOf, userOf } from "../../layers/seen.ts"
import { SpeechTest } from "../../layers/speech.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const languages = [
  { code: "en", hello: "Hi, \u2068Ana\u2069!", spoken: "Hello, Ana!", buttons: ["🎧 Hear your greeting", "✅ Finish"] },
  {
    code: "es-MX",
    hello: "¡Hola, \u2068Ana\u2069!",
    spoken: "¡Hola, Ana!",
    buttons: ["🎧 Escuchar mi saludo", "✅ Terminar"],
  },
]

describe("onboarding", () => {
  it.effect.each(languages)("goes from /start to the end in the person's language: $code", (language) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody({ language_code: language.code })
      const locale = language.code.slice(0, 2)

      yield* tell(says(ana, "/start"), taps(ana, "play_audio"), taps(ana, "finish"))

      const [video, voice, end, ...more] = telegram.sends()
      assert.strictEqual(video?.method, "sendVideo")
      assert.include(video?.message.html, language.hello)
      assert.deepInclude(video?.file, { _tag: "Url" })
      assert.include(JSON.stringify(video?.file), `media/welcome/v1/welcome_${locale}.mp4`)
      assert.deepStrictEqual(video?.message.buttons, [
        { text: language.buttons[0] ?? "", data: "play_audio", style: "primary" },
      ])

      assert.strictEqual(voice?.method, "sendVoice")
      assert.deepStrictEqual(voice?.message.buttons, [
        { text: language.buttons[1] ?? "", data: "finish", style: "success" },
      ])
      const { asked } = yield* SpeechTest
      assert.lengthOf(asked, 1)
      assert.include(asked[0]?.text, language.spoken)

      assert.strictEqual(end?.method, "sendMessage")
      assert.lengthOf(more, 0)
      assert.isTrue(telegram.sends().every(({ message }) => message.chatId === ana.id))
      assert.lengthOf(telegram.taps(), 2)
    }).pipe(inWorld),
  )

  it.effect("keeps each state with its time and the update that led to it", () =>
    Effect.gen(function* () {
      const ana = somebody({ last_name: "García" })
      const updates = [yield* says(ana, "/start"), yield* taps(ana, "play_audio"), yield* taps(ana, "finish")]
      for (const [index, update] of updates.entries()) {
        const { id, state } = brand.flow.steps[index] ?? brand.flow.first
        yield* tell(Effect.succeed(update))
        const user = yield* userOf(ana)
        assert.deepInclude(user, { state, version: index + 1, run: 1, unresolved: 0, ambiguous: 0 })
        assert.isUndefined(user.lock)
        assert.deepInclude(user.state_progress[id], { state, updateId: String(update.update_id) })
        assert.lengthOf(Object.keys(user.state_progress), index + 1)
        assert.strictEqual(yield* outcomeOf(update), "applied")
      }
      const user = yield* userOf(ana)
      assert.deepInclude(user, {
        userId: userIdOf(ana.id),
        telegramId: ana.id,
        username: "ana_garcia",
        firstName: "Ana",
        lastName: "García",
        languageCode: "en",
        finished_at: iso("2026-03-04T05:06:09.000Z"),
        blocked: false,
        first_start_ts: iso("2026-03-04T05:06:07.000Z"),
        last_start_ts: iso("2026-03-04T05:06:07.000Z"),
      })
    }).pipe(inWorld),
  )

  it.effect("writes a session when the run starts and when it ends", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const [begun, ...none] = yield* sessionsOf(ana)
      assert.lengthOf(none, 0)
      assert.deepInclude(begun, { chatId: ana.id, state: states.video, data: { run: 1 } })
      yield* tell(taps(ana, "play_audio"), taps(ana, "finish"))
      const [ended, ...other] = yield* sessionsOf(ana)
      assert.lengthOf(other, 0)
      assert.strictEqual(ended?.sessionId, begun?.sessionId)
      assert.strictEqual(ended?.createdAt, begun?.createdAt)
      assert.strictEqual(ended?.state, states.done)
    }).pipe(inWorld),
  )

  it.effect("ends the session where a /restart leaves the run, and writes none for a run that never began", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"), says(ana, "/restart"), says(ana, "/restart"))
      const [left, ...none] = yield* sessionsOf(ana)
      assert.lengthOf(none, 0)
      assert.deepInclude(left, { state: states.greeting, data: { run: 1, endedBy: "restart" } })
      yield* tell(says(ana, "/start again"))
      const runs = (yield* sessionsOf(ana)).map(({ data, state }) => `${data.run} ${state}`)
      assert.sameMembers(runs, [`1 ${states.greeting}`, `3 ${states.video}`])
    }).pipe(inWorld),
  )

  it.effect("keeps with the event who did what, and the decoded fields", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_x")
      yield* tell(Effect.succeed(start))
      const event = yield* eventOf(start)
      assert.deepInclude(event, {
        eventId: eventId(`4242:${start.update_id}`),
        userId: userIdOf(ana.id),
        eventType: "start",
        processed: true,
        deliveries: 1,
      })
      assert.deepInclude(event?.payload, { message_id: 17, text: "/start ref_x" })
      // Ninety days from now, in seconds.
      assert.strictEqual(event?.expiresAt, Date.UTC(2026, 5, 2, 5, 6, 7) / 1000)
    }).pipe(inWorld),
  )
})
