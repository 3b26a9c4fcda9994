import { oneGo } from "@concierge/core/delivery/times.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy, copyLocales, restarted } from "../../fixtures/copy.ts"
import { tell } from "../../layers/drive.ts"
import { outcomeOf, storedUser, userOf } from "../../layers/seen.ts"
import { type Send, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { edits, type Person, says, somebody, taps } from "../../layers/updates.ts"

/** Where somebody is, by what having got there means. */
const places = ["new", "video", "greeting", "done"] as const
type Place = (typeof places)[number]

/** Brings somebody to a state, as somebody who has been there for a while. */
const reach = Effect.fnUntraced(function* (person: Person, place: Place) {
  const steps = [says(person, "/start"), taps(person, "play_audio"), taps(person, "finish")]
  if (place === "new") yield* tell(says(person, "/start"), says(person, "/restart"))
  else yield* tell(...steps.slice(0, places.indexOf(place)))
  yield* TestClock.adjust("1 minute")
  const telegram = yield* TelegramTest
  telegram.calls.length = 0
})

const dataOf = (send: Send | undefined): ReadonlyArray<string> =>
  (send?.message.buttons ?? []).map((button) =>
    "data" in button ? button.data : "url" in button ? button.url : button.copy,
  )

/** The brand's languages as each of them lists them. */
const listed = { en: "English or Spanish", es: "inglés o español" }

const menu = ["watch_video", "play_audio", "language", "restart"]
const due: Readonly<Record<Place, ReadonlyArray<string>>> = {
  new: ["watch_video"],
  video: ["play_audio"],
  greeting: ["finish"],
  done: menu,
}

/** The one message that an update leads to. */
const answerTo = Effect.fnUntraced(function* (update: Effect.Effect<{ readonly update_id: number }>) {
  const telegram = yield* TelegramTest
  const sent = yield* update
  const before = telegram.sends().length
  yield* tell(Effect.succeed(sent))
  const answers = telegram.sends().slice(before)
  assert.isAtMost(answers.length, 1)
  return { answer: answers[0], outcome: yield* outcomeOf(sent) }
})

describe.each(copyLocales)("in %s", (locale) => {
  const words = copy[locale]
  const { finish, greeting, video } = words.steps
  const hints = { new: video.hint, video: greeting.hint, greeting: finish.hint, done: words.finished }

  it.effect.each(places)("any other text is answered with a hint and the button of the step that is due: %s", (place) =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* reach(ana, place)
      for (const text of ["what now?", undefined, "/unknown", "/start@somebody_else_bot"]) {
        yield* TestClock.adjust(oneGo)
        const { answer } = yield* answerTo(says(ana, text))
        assert.strictEqual(answer?.message.html, hints[place])
        assert.deepStrictEqual(dataOf(answer), due[place])
      }
      assert.strictEqual((yield* userOf(ana)).state, states[place])
    }).pipe(inWorld),
  )

  it.effect.each(places)("/start goes on from %s, and at the end it is the menu", (place) =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* reach(ana, place)
      const { answer, outcome } = yield* answerTo(says(ana, "/start"))
      const method = { new: "sendVideo", video: "sendVoice", greeting: "sendMessage", done: "sendMessage" }
      assert.strictEqual(answer?.method, method[place])
      if (place === "done") assert.strictEqual(answer?.message.html, words.menu.text)
      if (place === "done") assert.deepStrictEqual(dataOf(answer), menu)
      assert.strictEqual(outcome, "applied")
      assert.strictEqual((yield* userOf(ana)).state, states[places[places.indexOf(place) + 1] ?? "done"])
    }).pipe(inWorld),
  )

  it.effect.each(places)("/restart clears the progress from %s and says so in both languages", (place) =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* reach(ana, place)
      const before = yield* userOf(ana)
      const { answer } = yield* answerTo(says(ana, "/restart"))
      assert.strictEqual(answer?.message.html, restarted)
      assert.deepStrictEqual(dataOf(answer), ["watch_video"])
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.new, run: before.run + 1, version: before.version + 1 })
      assert.deepStrictEqual(user.state_progress, {})
    }).pipe(inWorld),
  )

  it.effect("an unknown person's /restart is told to send /start", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      const { answer } = yield* answerTo(says(ana, "/restart"))
      assert.strictEqual(answer?.message.html, words.startFirst)
      assert.deepInclude(yield* userOf(ana), { state: states.new, version: 0, run: 1 })
    }).pipe(inWorld),
  )

  it.effect("/menu, /help and /language answer and change nothing", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* reach(ana, "greeting")
      const before = yield* userOf(ana)
      const shown = yield* answerTo(says(ana, "/menu"))
      assert.strictEqual(shown.answer?.message.html, words.menu.text)
      assert.deepStrictEqual(dataOf(shown.answer), menu)
      const helped = yield* answerTo(says(ana, "/help"))
      assert.strictEqual(helped.answer?.message.html, words.help({ languages: listed[locale] }))
      const asked = yield* answerTo(says(ana, "/language"))
      assert.strictEqual(asked.answer?.message.html, words.language.question)
      assert.deepStrictEqual(dataOf(asked.answer), ["language:en", "language:es"])
      assert.deepStrictEqual((yield* answerTo(taps(ana, "language"))).answer?.message, asked.answer?.message)
      const { profile_at: _, recent: _recent, updatedAt: _updated, ...after } = yield* userOf(ana)
      assert.deepInclude(before, after)
    }).pipe(inWorld),
  )
})

describe("the language", () => {
  it.effect("that is chosen stands, apart from what Telegram says", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: "en" })
      yield* reach(ana, "video")
      const { answer } = yield* answerTo(taps(ana, "language:es"))
      assert.strictEqual(answer?.message.html, copy.es.language.chosen)
      assert.deepStrictEqual(dataOf(answer), ["play_audio"])
      assert.include(JSON.stringify(answer?.message.buttons), copy.es.steps.greeting.button)
      assert.deepInclude(yield* userOf(ana), { language: "es", languageCode: "en" })
      const hint = yield* answerTo(says({ ...ana, language_code: "de" }, "hello"))
      assert.strictEqual(hint.answer?.message.html, copy.es.steps.greeting.hint)
      assert.deepInclude(yield* userOf(ana), { language: "es", languageCode: "de" })
      yield* answerTo(says(ana, "/restart"))
      assert.strictEqual((yield* userOf(ana)).language, "es")
    }).pipe(inWorld),
  )

  it.effect.each(["en-GB", "de", "", undefined])("is English for whoever speaks neither: %s", (code) =>
    Effect.gen(function* () {
      const ana = somebody(code === undefined ? {} : { language_code: code })
      const { language_code: _, ...silent } = ana
      const { answer } = yield* answerTo(says(code === undefined ? silent : ana, "/help"))
      assert.strictEqual(answer?.message.html, copy.en.help({ languages: listed.en }))
    }).pipe(inWorld),
  )
})

describe("an edited message", () => {
  it.effect("is recorded, and nothing is sent, however old the message was", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, "video")
      yield* TestClock.adjust("1 hour")
      yield* answerTo(says(ana, "hello"))
      const before = yield* userOf(ana)
      for (const date of [undefined, 1_772_600_767]) {
        const { answer, outcome } = yield* answerTo(edits(ana, "/restart", date === undefined ? {} : { date }))
        assert.isUndefined(answer)
        assert.strictEqual(outcome, "applied")
      }
      assert.deepInclude(yield* userOf(ana), { state: before.state, version: before.version })
    }).pipe(inWorld),
  )
})

describe("a bot's message", () => {
  it.effect("is ignored and not remembered", () =>
    Effect.gen(function* () {
      const robot = somebody({ is_bot: true })
      const { answer, outcome } = yield* answerTo(says(robot, "/start"))
      assert.isUndefined(answer)
      assert.strictEqual(outcome, "ignored: bot")
      assert.isUndefined(yield* storedUser(robot))
    }).pipe(inWorld),
  )
})
