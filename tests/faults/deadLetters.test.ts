import { listDead } from "@concierge/core/operate/listDead.ts"
import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteDeadLetters from "../../packages/local/queue/DeadLetters.ts"
import * as SqliteParked from "../../packages/local/store/Parked.ts"
import { Tables } from "../../packages/local/store/Tables.ts"
import { states } from "../fixtures/concierge.ts"
import { drain, tell } from "../layers/drive.ts"
import { copies, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { ok, TelegramTest, unavailable } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../layers/updates.ts"

const inTheOperatorsWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  test.pipe(Effect.provide(Layer.mergeAll(SqliteDeadLetters.layer, SqliteParked.layer)), inWorld)

const redriveAll = Effect.gen(function* () {
  const dead = yield* listDead(100)
  return yield* Effect.forEach(dead, redriveDead)
})

/** A first /start that died in an outage, which is over. */
const deadStart = Effect.fnUntraced(function* (ana: Person) {
  const telegram = yield* TelegramTest
  telegram.always = () => unavailable
  yield* tell(says(ana, "/start"))
  telegram.always = () => ok
  const [letter = assert.fail("nothing is dead")] = yield* listDead(1)
  return { letter, sent: telegram.sends().length, telegram }
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
      assert.deepInclude(copy?.attributes, {
        attempt: 0,
        receivedAt: letter?.update.attributes.receivedAt ?? Iso.make(""),
      })
      assert.notProperty(copy?.attributes, "deferredAt")
      assert.notProperty(copy?.attributes, "notBefore")
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ref_code: "ref_a" })
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

  it.effect.each([
    ["before the copy is sent", 0],
    ["between the copy and the letter's removal", 1],
  ] as const)("redriven by one who dies %s: the letter is there for another, and it is worked once", ([, copies]) =>
    Effect.gen(function* () {
      const ana = somebody()
      const { letter, sent, telegram } = yield* deadStart(ana)
      const [queue, letters] = [yield* UpdateQueue, yield* DeadLetters]
      const death = Effect.die("death")
      const dying = redriveDead(letter).pipe(
        Effect.provideService(UpdateQueue, copies === 0 ? { ...queue, send: () => death } : queue),
        Effect.provideService(DeadLetters, copies === 1 ? { ...letters, remove: () => death } : letters),
      )
      assert.isTrue(Exit.isFailure(yield* Effect.exit(dying)))
      assert.deepStrictEqual(yield* queued, { waiting: copies, dead: 1 })
      assert.deepStrictEqual(yield* redriveAll, ["redriven"])
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
      assert.lengthOf(telegram.sends(), sent + 1)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("redriven by two at once: worked once all the same", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const { letter, sent, telegram } = yield* deadStart(ana)
      yield* redriveDead(letter)
      yield* redriveDead(letter)
      yield* drain
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
      assert.lengthOf(telegram.sends(), sent + 1)
    }).pipe(inTheOperatorsWorld),
  )

  it.effect("a letter that is no update of ours stays for somebody to look at", () =>
    Effect.gen(function* () {
      const foreign = {
        body: "?",
        group: "none",
        attributes: { updateId: 0, kind: "?", receivedAt: Iso.make(""), correlationId: "", attempt: 0 },
      }
      yield* (yield* UpdateQueue).send(foreign)
      yield* drain
      assert.deepStrictEqual(yield* redriveAll, ["not ours"])
      assert.lengthOf(yield* listDead(10), 1)
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
