import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states } from "../../fixtures/concierge.ts"
import { drain, drainVisible, nextBatch, receive, tell } from "../../layers/drive.ts"
import { eventOf, outcomeOf, sessionsOf, settings, storedUser, userOf } from "../../layers/seen.ts"
import { hangs, TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { blocks, edits, says, somebody, taps, unblocks } from "../../layers/updates.ts"
import { asked } from "./asked.ts"

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
      const { sqlite } = yield* Tables
      const rows = ["events", "settings"].flatMap((table) => sqlite.prepare(`SELECT * FROM ${table}`).all())
      const everything = JSON.stringify(rows)
      for (const trace of [String(ana.id), "Ana", "Secreta", "ana_garcia"]) assert.notInclude(everything, trace)
      // The code is a row of the day's report, and of nobody.
      const withCode = rows.filter((row) => JSON.stringify(row).includes("ref_a")).map(({ key }) => String(key))
      assert.isTrue(withCode.length > 0 && withCode.every((key) => key.startsWith("funnel#")), withCode.join())
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

  it.effect(
    "is not brought back by what they do without coming back: blocking the bot, or mending an old message",
    () =>
      Effect.gen(function* () {
        const { ana } = yield* forgotten
        const telegram = yield* TelegramTest
        const sent = telegram.sends().length
        yield* TestClock.adjust("1 minute")
        const updates = [yield* blocks(ana), yield* edits(ana, "hello"), yield* unblocks(ana)]
        for (const update of updates) {
          yield* tell(Effect.succeed(update))
          assert.isUndefined(yield* storedUser(ana))
          assert.strictEqual(yield* outcomeOf(update), "ignored: forgotten")
          assert.notProperty(yield* eventOf(update), "userId")
          assert.notProperty(yield* eventOf(update), "payload")
        }
        assert.lengthOf(telegram.sends(), sent)
      }).pipe(inWorld),
  )

  it.effect("is blocked like anybody else once they have come back", () =>
    Effect.gen(function* () {
      const { ana } = yield* forgotten
      yield* tell(says(ana, "/start"), edits(ana, "hello"), blocks(ana))
      assert.deepInclude(yield* userOf(ana), { state: states.video, blocked: true })
    }).pipe(inWorld),
  )

  it.effect("is a new person when they come back", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      yield* tell(says(ana, "/start ref_b"))
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.video, version: 1, run: 1, ref_code: "ref_b" })
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
      assert.deepInclude(yield* userOf(ana), { state: states.video, ambiguous: 1 })
    }).pipe(inWorld),
  )

  it.effect("is not brought back by an earlier update that Telegram delivers a second time", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const telegram = yield* TelegramTest
      const early = yield* says(ana, "/help")
      telegram.script.push(unavailable)
      yield* receive(early)
      yield* drainVisible
      // Its copy is not due for two seconds.
      yield* receive(yield* taps(ana, yes))
      yield* drainVisible
      assert.isUndefined(yield* storedUser(ana))
      yield* TestClock.adjust("1 second")
      yield* tell(Effect.succeed(early))
      assert.strictEqual(yield* outcomeOf(early), "ignored: forgotten")
      assert.isUndefined(yield* storedUser(ana))
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
