import { EventId } from "@concierge/core/ids.ts"
import { listParked } from "@concierge/core/operate/listParked.ts"
import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import { redriveParked } from "@concierge/core/operate/redriveParked.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteDeadLetters from "../../packages/local/queue/DeadLetters.ts"
import * as SqliteParked from "../../packages/local/store/Parked.ts"
import { states } from "../fixtures/concierge.ts"
import { drain, nextBatch, receive, setAside, tell, workBatch } from "../layers/drive.ts"
import { eventOf, outcomeOf, storedUser, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../layers/updates.ts"

const inTheOperatorsWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  test.pipe(Effect.provide(Layer.mergeAll(SqliteDeadLetters.layer, SqliteParked.layer)), inWorld)

/** What a person sends, in a form that nobody understands yet, and parked by now. With the update as it should be. */
const parked = Effect.fnUntraced(function* (ana: Person, text: string) {
  const update = yield* says(ana, text)
  yield* tell(Effect.succeed({ ...update, message: { ...update.message, date: "today" } }))
  assert.strictEqual(yield* outcomeOf(update), "parked")
  return update
})

const redriveAll = Effect.gen(function* () {
  const { updates } = yield* listParked(100)
  for (const each of updates) assert.isTrue(yield* redriveParked(each))
  yield* drain
})

const forget = Effect.fnUntraced(function* (ana: Person) {
  yield* tell(says(ana, "/forgetme"))
  const askedAt = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  yield* tell(taps(ana, `forget:${askedAt}`))
  assert.isUndefined(yield* storedUser(ana))
})

/** From now on `update` is understood. */
const redriveMended = Effect.fnUntraced(function* (update: object) {
  const { updates } = yield* listParked(100)
  for (const each of updates) yield* redriveParked({ ...each, json: JSON.stringify(update) })
  yield* drain
})

describe("parked updates", () => {
  it.effect(
    "redriven too early, and again: as old as they were, so that a /restart resets nobody who has finished",
    () =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* tell(says(ana, "/start"))
        const restart = yield* parked(ana, "/restart")
        yield* tell(taps(ana, "play_audio"), taps(ana, "finish"))
        for (const _ of [1, 2]) {
          yield* TestClock.adjust("1 hour")
          yield* redriveAll
          assert.deepInclude(yield* eventOf(restart), { outcome: "parked" })
        }
        yield* redriveMended(restart)
        assert.strictEqual(yield* outcomeOf(restart), "ignored: stale")
        assert.deepInclude(yield* userOf(ana), { state: states.done })
      }).pipe(inTheOperatorsWorld),
  )

  it.effect("of somebody who was forgotten since are gone, whenever they are redriven", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const start = yield* parked(ana, "/start ref_a")
      const { updates: before } = yield* listParked(10)
      yield* forget(ana)
      const sent = (yield* TelegramTest).sends().length
      assert.deepStrictEqual(yield* listParked(10), { updates: [], unreadable: [] })
      assert.doesNotHaveAnyKeys(yield* eventOf(start), ["userId", "payload"])
      // Listed before, redriven after: once as it was, once as it is understood.
      for (const each of before) {
        yield* redriveParked(each)
        yield* drain
        assert.doesNotHaveAnyKeys(yield* eventOf(start), ["userId", "payload"])
        yield* redriveParked({ ...each, json: JSON.stringify(start) })
        yield* drain
      }
      assert.doesNotHaveAnyKeys(yield* eventOf(start), ["userId", "payload"])
      assert.strictEqual(yield* outcomeOf(start), "ignored: forgotten")
      assert.isUndefined(yield* storedUser(ana))
      assert.lengthOf((yield* TelegramTest).sends(), sent)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("from before a deletion that was quicker than the queue are not kept", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const start = yield* says(ana, "/start ref_a")
      const [record = assert.fail("nothing was queued")] = yield* setAside(
        Effect.succeed({ ...start, message: { ...start.message, date: "today" } }),
      )
      yield* forget(ana)
      assert.deepStrictEqual(yield* workBatch([record]), [])
      assert.strictEqual(yield* outcomeOf(start), "ignored: forgotten")
      assert.doesNotHaveAnyKeys(yield* eventOf(start), ["userId", "payload"])
      assert.deepStrictEqual(yield* listParked(10), { updates: [], unreadable: [] })
    }).pipe(inTheOperatorsWorld),
  )
  it.effect("are listed whole, and worked when redriven to a worker that understands them, once", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      const broken = { ...start, message: { ...start.message, date: "today" } }
      yield* tell(Effect.succeed(broken))
      const { unreadable, updates } = yield* listParked(10)
      const [parked, ...more] = updates
      assert.deepStrictEqual([more, unreadable], [[], []])
      assert.deepStrictEqual(JSON.parse(parked?.json ?? ""), broken)
      if (parked === undefined) return
      assert.isTrue(yield* redriveParked(parked))
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "parked")

      // The fix: from now on the date is understood.
      const mended = { ...parked, json: JSON.stringify(start) }
      assert.isTrue(yield* redriveParked(mended))
      assert.isTrue(yield* redriveParked(mended))
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ref_code: "ref_a" })
      assert.deepInclude(yield* eventOf(start), { eventType: "start" })
      assert.deepStrictEqual(yield* listParked(10), { updates: [], unreadable: [] })
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("a parked update that is also a dead letter is redriven from there", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed({ ...start, message: {} }))
      const [record] = yield* setAside(Effect.succeed(start))
      if (record === undefined) return assert.fail("nothing was queued")
      const dead = {
        id: record.id,
        update: record.update,
        eventId: EventId.make(`4242:${start.update_id}`),
        outcome: "parked" as const,
      }
      assert.strictEqual(yield* redriveDead(dead), "redriven")
      assert.lengthOf(yield* nextBatch, 1)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("what is not even an update cannot be", () =>
    Effect.gen(function* () {
      yield* receive({ update_id: 1, message: {} })
      assert.isFalse(yield* redriveParked({ parkedAt: Iso.make(""), json: "{" }))
    }).pipe(inTheOperatorsWorld),
  )
})
