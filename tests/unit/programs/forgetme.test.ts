import { catalogue } from "@concierge/core/content/Catalogue.ts"
import { locales } from "@concierge/core/domain/Locale.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { drain, drainVisible, nextBatch, receive, tell, tellAtOnce } from "../../layers/drive.ts"
import { eventOf, outcomeOf, queued, sessionsOf, settings, storedUser, userOf } from "../../layers/seen.ts"
import { hangs, rateLimited, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"

/** Sends /forgetme and gives the data of the two buttons. */
const asked = Effect.fnUntraced(function* (person: Person) {
  const telegram = yield* TelegramTest
  yield* tell(says(person, "/forgetme"))
  const [yes, no] = (telegram.sends().at(-1)?.message.buttons ?? []).map((button) =>
    "data" in button ? button.data : "",
  )
  return { yes: yes ?? "", no: no ?? "" }
})

const lastText = Effect.map(TelegramTest, (telegram) => telegram.sends().at(-1)?.message.html)

describe.each(locales)("/forgetme in %s", (locale) => {
  const words = catalogue(locale).forget

  it.effect("asks first, and nothing is deleted", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start"))
      yield* asked(ana)
      assert.strictEqual(yield* lastText, words.question)
      assert.strictEqual((yield* userOf(ana)).state, "WELCOME_VIDEO_SENT")
    }).pipe(inWorld),
  )

  it.effect("a no keeps everything", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start"))
      const { no } = yield* asked(ana)
      yield* tell(taps(ana, no))
      assert.strictEqual(yield* lastText, words.kept)
      assert.strictEqual((yield* userOf(ana)).state, "WELCOME_VIDEO_SENT")
      assert.lengthOf(yield* sessionsOf(ana), 1)
    }).pipe(inWorld),
  )

  it.effect("a yes deletes, and says what is left where and for how long", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start ref_a"), taps(ana, "play_audio"))
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      yield* tell(Effect.succeed(tap))
      assert.strictEqual(yield* lastText, words.done)
      for (const days of [14, 35, 19]) assert.include(words.done, String(days))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* outcomeOf(tap), "applied")
    }).pipe(inWorld),
  )

  it.effect("a yes after more than ten minutes deletes nothing and says so", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      const { yes } = yield* asked(ana)
      yield* TestClock.adjust("10 minutes")
      yield* tell(taps(ana, yes))
      assert.strictEqual(yield* lastText, words.expired)
      assert.isDefined(yield* storedUser(ana))
    }).pipe(inWorld),
  )
})

describe("a person who is forgotten", () => {
  const forgotten = Effect.gen(function* () {
    const ana = somebody({ last_name: "Secreta" })
    const start = yield* says(ana, "/start ref_a")
    yield* tell(Effect.succeed(start), taps(ana, "play_audio"))
    const { yes } = yield* asked(ana)
    const tap = yield* taps(ana, yes)
    yield* tell(Effect.succeed(tap))
    return { ana, start, tap }
  })

  it.effect("is in no table any more, but for a hash", () =>
    Effect.gen(function* () {
      const { ana, start, tap } = yield* forgotten
      assert.isEmpty(yield* sessionsOf(ana))
      for (const update of [start, tap]) {
        const event = yield* eventOf(update)
        assert.strictEqual(event?.outcome, "applied")
        assert.notProperty(event, "userId")
        assert.notProperty(event, "payload")
      }
      const everything = JSON.stringify(yield* settings)
      for (const trace of [String(ana.id), "Ana", "Secreta", "ana_garcia", "ref_a"])
        assert.notInclude(everything, trace)
      const tombstone = (yield* settings).find(({ key }) => key.startsWith("forgotten#"))
      assert.match(tombstone?.key ?? "", /^forgotten#[0-9a-f]{64}$/)
      const nineteenDays = Date.UTC(2026, 2, 23, 5, 6, 10) / 1000
      assert.approximately(tombstone?.expiresAt ?? 0, nineteenDays, 10)
    }).pipe(inWorld),
  )

  it.effect("is not brought back by updates queued earlier, nor by duplicates of those worked before", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const [start, late] = [yield* says(ana, "/start"), yield* says(ana, "/start ref_late")]
      yield* tell(Effect.succeed(start))
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      yield* receive(late)
      // Received by a worker that dies: it comes again after five minutes.
      yield* nextBatch
      yield* receive(tap)
      yield* drain
      const telegram = yield* TelegramTest
      const sent = telegram.sends().length
      assert.strictEqual(yield* outcomeOf(late), "ignored: forgotten")
      assert.isUndefined(yield* storedUser(ana))
      for (const duplicate of [start, tap, late]) {
        yield* tell(Effect.succeed(duplicate))
        assert.isUndefined(yield* storedUser(ana))
      }
      assert.strictEqual(telegram.sends().length, sent)
      assert.notProperty(yield* eventOf(late), "payload")
      assert.notProperty(yield* eventOf(late), "userId")
    }).pipe(inWorld),
  )

  it.effect("is a new person when they come back", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      yield* tell(says(ana, "/start ref_b"))
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: "WELCOME_VIDEO_SENT", version: 1, run: 1, ref_code: "ref_b" })
      assert.lengthOf(yield* sessionsOf(ana), 1)
      // An old duplicate does no harm to them either.
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* userOf(ana), user)
    }).pipe(inWorld),
  )

  it.effect("does not lose what waits for an answer of Telegram's when an old update comes by", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      const telegram = yield* TelegramTest
      telegram.script.push(hangs)
      const again = yield* says(ana, "/start")
      yield* receive(again)
      yield* drainVisible
      yield* receive(start)
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", ambiguous: 1 })
    }).pipe(inWorld),
  )

  it.effect("and taps yes twice, is not brought back by the second", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      yield* tellAtOnce(taps(ana, yes), taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      yield* TestClock.adjust("1 second")
      yield* tell(taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* lastText, catalogue("en").forget.unknown)
    }).pipe(inWorld),
  )

  it.effect("is forgotten in the end, and told so, though Telegram lets nothing through for half an hour", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(1_800))
      yield* tell(taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* lastText, catalogue("en").forget.done)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("takes nobody else with them", () =>
    Effect.gen(function* () {
      const eva = somebody()
      yield* tell(says(eva, "/start"))
      const before = yield* userOf(eva)
      yield* forgotten
      assert.deepStrictEqual(yield* userOf(eva), before)
      assert.lengthOf(yield* sessionsOf(eva), 1)
    }).pipe(inWorld),
  )
})
