import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { drain, receive, tell } from "../../layers/drive.ts"
import { outcomeOf, storedUser, userOf } from "../../layers/seen.ts"
import { blocked, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { blocks, edits, says, somebody, taps, unblocks } from "../../layers/updates.ts"

const sendCount = Effect.map(TelegramTest, (telegram) => telegram.sends().length)

describe("somebody who blocks the bot", () => {
  it.effect("is marked, and nothing is sent to them for taps or edits until they unblock", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), blocks(ana))
      assert.deepInclude(yield* userOf(ana), { blocked: true, state: states.video })
      const tap = yield* taps(ana, "play_audio")
      yield* tell(Effect.succeed(tap), taps(ana, "finish"), taps(ana, "nonsense"), edits(ana, "hello"))
      assert.strictEqual(yield* sendCount, 1)
      assert.strictEqual(yield* outcomeOf(tap), "ignored: blocked")
      yield* tell(unblocks(ana), taps(ana, "play_audio"))
      assert.strictEqual(yield* sendCount, 2)
      assert.deepInclude(yield* userOf(ana), { blocked: false, state: states.greeting })
    }).pipe(inWorld),
  )

  it.effect("is unmarked by a message newer than the mark, which is answered", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), blocks(ana))
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, "/start"))
      assert.deepInclude(yield* userOf(ana), { blocked: false, state: states.greeting })
      assert.strictEqual(yield* sendCount, 2)
    }).pipe(inWorld),
  )

  it.effect("is answered a message of the second of the mark that overtook their unblocking", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const [block, menu, unblock] = [yield* blocks(ana), yield* says(ana, "/menu"), yield* unblocks(ana)]
      for (const update of [block, menu, unblock]) yield* tell(Effect.succeed(update))
      assert.strictEqual(yield* outcomeOf(menu), "applied")
      assert.strictEqual(yield* sendCount, 2)
      assert.isFalse((yield* userOf(ana)).blocked)
    }).pipe(inWorld),
  )

  it.effect("is sent nothing for a message from before the mark", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      yield* TestClock.adjust("5 seconds")
      yield* tell(blocks(ana))
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* sendCount, 0)
      assert.strictEqual(yield* outcomeOf(start), "ignored: blocked")
      // The campaign that sent them is known all the same.
      assert.deepInclude(yield* userOf(ana), { blocked: true, state: states.new, ref_code: "ref_a" })
    }).pipe(inWorld),
  )
})

describe("a change of membership", () => {
  it.effect("is applied only if it is newer than the last one", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const [older, newer] = [yield* blocks(ana), yield* unblocks(ana, { date: 1_772_600_800 })]
      yield* TestClock.adjust("1 minute")
      yield* tell(Effect.succeed(newer), Effect.succeed(older))
      assert.strictEqual(yield* outcomeOf(newer), "applied")
      assert.strictEqual(yield* outcomeOf(older), "ignored: not newer")
      assert.isFalse((yield* userOf(ana)).blocked)
    }).pipe(inWorld),
  )

  it.effect.each([true, false])("within one second ends with the person reachable (blocked first: %s)", (first) =>
    Effect.gen(function* () {
      const ana = somebody()
      const both = [yield* blocks(ana), yield* unblocks(ana)]
      for (const update of first ? both : both.toReversed()) yield* receive(update)
      yield* drain
      assert.isFalse((yield* userOf(ana)).blocked)
    }).pipe(inWorld),
  )

  it.effect("changes no state, and sends nothing", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const before = yield* userOf(ana)
      yield* tell(blocks(ana), unblocks(ana))
      const { state, state_progress, version } = yield* userOf(ana)
      assert.deepInclude(before, { state, state_progress, version })
      assert.strictEqual(yield* sendCount, 1)
    }).pipe(inWorld),
  )

  it.effect("in a group is nothing to us", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const { my_chat_member, update_id } = yield* blocks(ana)
      yield* tell(
        Effect.succeed({ update_id, my_chat_member: { ...my_chat_member, chat: { id: -5, type: "supergroup" } } }),
      )
      assert.strictEqual(yield* outcomeOf({ update_id }), "ignored: group")
      assert.isUndefined(yield* storedUser(ana))
    }).pipe(inWorld),
  )
})

describe("a send that Telegram forbids (403)", () => {
  it.effect("marks the person; their step is not taken, and comes when they are back", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.script.push(blocked)
      const start = yield* says(ana, "/start ref_a")
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "ignored: blocked")
      assert.deepInclude(yield* userOf(ana), {
        blocked: true,
        state: states.new,
        version: 0,
        unresolved: 0,
        ref_code: "ref_a",
      })
      yield* TestClock.adjust("1 minute")
      yield* tell(taps(ana, "watch_video"))
      assert.strictEqual(yield* sendCount, 1)
      yield* tell(says(ana, "/start"))
      assert.deepInclude(yield* userOf(ana), { blocked: false, state: states.video, ambiguous: 0 })
      assert.strictEqual(yield* sendCount, 2)
    }).pipe(inWorld),
  )

  it.effect("is not undone by an older unblocking", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const old = yield* unblocks(ana)
      const telegram = yield* TelegramTest
      yield* TestClock.adjust("1 minute")
      telegram.script.push(blocked)
      yield* tell(says(ana, "/start"), Effect.succeed(old))
      assert.isTrue((yield* userOf(ana)).blocked)
    }).pipe(inWorld),
  )
})
