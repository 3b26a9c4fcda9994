import { listDead } from "@concierge/core/programs/listDead.ts"
import { listParked } from "@concierge/core/programs/listParked.ts"
import { redriveDead } from "@concierge/core/programs/redriveDead.ts"
import { redriveParked } from "@concierge/core/programs/redriveParked.ts"
import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { deadLettersLayer } from "../../packages/local/queue/DeadLetters.ts"
import { parkedLayer } from "../../packages/local/store/Parked.ts"
import { Tables } from "../../packages/local/store/Tables.ts"
import { drain, nextBatch, receive, setAside, tell } from "../layers/drive.ts"
import { copies, eventOf, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { ok, TelegramTest, unavailable } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { says, somebody, taps } from "../layers/updates.ts"

const inTheOperatorsWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  test.pipe(Effect.provide(Layer.mergeAll(deadLettersLayer, parkedLayer)), inWorld)

const redriveAll = Effect.gen(function* () {
  const dead = yield* listDead(100)
  return yield* Effect.forEach(dead, redriveDead)
})

describe("dead letters", () => {
  it.effect("redriven after ten days: worked now, once, as received when they were (nothing that died is lost)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      const start = yield* says(ana, "/start ref_a")
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      telegram.always = () => ok
      yield* TestClock.adjust("10 days")

      const [letter, ...more] = yield* listDead(100)
      assert.isEmpty(more)
      assert.isUndefined(letter?.outcome)
      assert.include(letter?.update.body, "/start ref_a")
      assert.deepStrictEqual(yield* redriveAll, ["redriven"])
      const [copy] = yield* copies
      assert.deepInclude(copy?.attributes, { attempt: 0, receivedAt: letter?.update.attributes.receivedAt ?? "" })
      assert.notProperty(copy?.attributes, "deferredAt")
      assert.notProperty(copy?.attributes, "notBefore")
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", version: 1, ref_code: "ref_a" })
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("what has ended meanwhile is not repeated: its letter only goes (an id changes the state once)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      const start = yield* says(ana, "/start")
      yield* tell(Effect.succeed(start))
      telegram.always = () => ok
      yield* tell(Effect.succeed(start), taps(ana, "play_audio"))
      const [before, sent] = [yield* userOf(ana), telegram.sends().length]
      assert.deepStrictEqual(yield* redriveAll, ["done already"])
      yield* drain
      assert.deepStrictEqual(yield* userOf(ana), before)
      assert.lengthOf(telegram.sends(), sent)
      assert.deepStrictEqual(yield* redriveAll, [])
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("redriven by two at once, or by one who dies half-way: worked once all the same", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      yield* tell(says(ana, "/start"))
      telegram.always = () => ok
      const sent = telegram.sends().length
      const [letter] = yield* listDead(1)
      if (letter === undefined) return assert.fail("nothing is dead")
      yield* redriveDead(letter)
      yield* redriveDead(letter)
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", version: 1 })
      assert.lengthOf(telegram.sends(), sent + 1)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("a letter that is no update of ours stays for somebody to look at", () =>
    Effect.gen(function* () {
      const foreign = {
        body: "?",
        group: "none",
        attributes: { updateId: 0, kind: "?", receivedAt: "", correlationId: "", attempt: 0 },
      }
      yield* (yield* UpdateQueue).send(foreign)
      yield* drain
      assert.deepStrictEqual(yield* redriveAll, ["not ours"])
      assert.lengthOf(yield* (yield* DeadLetters).read(10), 1)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("whose record was damaged meanwhile hide none of the others, and stay letters until it is mended", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      const [broken, whole] = [yield* says(somebody(), "/start"), yield* says(somebody(), "/start")]
      yield* tell(Effect.succeed(broken))
      yield* tell(Effect.succeed(whole))
      telegram.always = () => ok
      const { sqlite } = yield* Tables
      const damage = (from: string, to: string) =>
        sqlite
          .prepare("UPDATE events SET item = replace(item, ?1, ?2) WHERE eventId = ?3")
          .run(from, to, `4242:${broken.update_id}`)
      damage('"processed":false', '"processed":"no"')
      assert.deepStrictEqual(yield* redriveAll, ["redriven", "redriven"])
      yield* drain
      assert.strictEqual(yield* outcomeOf(whole), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      damage('"processed":"no"', '"processed":false')
      assert.deepStrictEqual(yield* redriveAll, ["redriven"])
      yield* drain
      assert.strictEqual(yield* outcomeOf(broken), "applied")
      assert.lengthOf(telegram.accepted(), 2)
    }).pipe(inTheOperatorsWorld),
  )
})

describe("parked updates", () => {
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
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", version: 1, ref_code: "ref_a" })
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
        eventId: `4242:${start.update_id}`,
        outcome: "parked" as const,
      }
      assert.strictEqual(yield* redriveDead(dead), "redriven")
      assert.lengthOf(yield* nextBatch, 1)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("what is not even an update cannot be", () =>
    Effect.gen(function* () {
      yield* receive({ update_id: 1, message: {} })
      assert.isFalse(yield* redriveParked({ eventId: "4242:1", kind: "message", parkedAt: "", json: "{" }))
    }).pipe(inTheOperatorsWorld),
  )
})
