import { processBatch } from "@concierge/core/delivery/batch.ts"
import { dead, listDead } from "@concierge/core/operate/listDead.ts"
import { listParked } from "@concierge/core/operate/listParked.ts"
import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import { redriveParked } from "@concierge/core/operate/redriveParked.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Stream from "effect/Stream"
import { Consumer } from "../contract/suites/Consumer.ts"
import { states } from "../fixtures/concierge.ts"
import { receive } from "../layers/drive.ts"
import { dynamoWire, Wire } from "../layers/dynamoWire.ts"
import { cut } from "../layers/faults.ts"
import { outcomeOf, sessionsOf, userOf } from "../layers/seen.ts"
import { Emulated, sqsQueue } from "../layers/sqsQueue.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { configLayer, containerLayer, outsideLayer } from "../layers/testWorld.ts"
import { says, somebody } from "../layers/updates.ts"

/** Everything the programs and the operator ask for, on SQS and DynamoDB. */
const world = containerLayer.pipe(
  Layer.provideMerge(Layer.mergeAll(dynamoWire, sqsQueue, outsideLayer, configLayer)),
  Layer.provideMerge(Logger.layer([])),
)

/** Works what is visible on the queue, as Lambda does; gives the number of records that failed. */
const work = Effect.gen(function* () {
  const consumer = yield* Consumer
  let failures = 0
  for (let batch = yield* consumer.receive; batch.length > 0; batch = yield* consumer.receive) {
    const failed = yield* processBatch(batch)
    failures += failed.length
    yield* consumer.acknowledge(batch.map(({ id }) => id).filter((id) => !failed.includes(id)))
  }
  return failures
})

/** DynamoDB is down whenever the update is received. */
const die = Effect.fnUntraced(function* (update: object) {
  const consumer = yield* Consumer
  const { faults } = yield* Wire
  assert.strictEqual((yield* receive(update)).status, 200)
  for (const _ of [1, 2, 3]) {
    faults.push(...Array.from({ length: 20 }, () => cut))
    assert.strictEqual(yield* work, 1)
    faults.length = 0
    yield* consumer.expire
  }
  assert.strictEqual(yield* work, 0)
})

const redriveAll = Stream.runCollect(Stream.mapEffect(dead, redriveDead))

const tenDays = 10 * 86_400

describe("on AWS, dead letters", () => {
  it.live("redriven after ten days, by two operators at once: worked now, once (nothing that died is lost)", () =>
    Effect.gen(function* () {
      const ana = somebody({ first_name: "Ana 👋" })
      const consumer = yield* Consumer
      const telegram = yield* TelegramTest
      const start = yield* says(ana, "/start ref_a")
      yield* die(start)
      assert.strictEqual(yield* consumer.dead, 1)
      assert.isEmpty(telegram.sends())
      yield* consumer.pass(tenDays)

      const [letter = assert.fail("no letter"), ...more] = yield* listDead(100)
      assert.isEmpty(more)
      assert.isUndefined(letter.outcome)
      assert.deepStrictEqual(JSON.parse(letter.update.body), start)
      const twice = Stream.mapEffect(dead, (each) => Effect.all([redriveDead(each), redriveDead(each)]))
      assert.deepStrictEqual(yield* Stream.runCollect(twice), [["redriven", "redriven"]])
      assert.strictEqual(yield* work, 0)

      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.video, version: 1, ref_code: "ref_a", firstName: "Ana 👋" })
      assert.deepInclude(user, { unresolved: 0, ambiguous: 0 })
      assert.lengthOf(telegram.sends(), 1)
      assert.lengthOf(yield* sessionsOf(ana), 1)
      assert.strictEqual(yield* outcomeOf(start), "applied")
      yield* consumer.expire
      assert.isEmpty(yield* listDead(100))
      assert.strictEqual(yield* consumer.dead, 0)
    }).pipe(Effect.provide(world)),
  )

  it.live("of what has ended meanwhile only go: nothing is sent again (an id changes the state once)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* die(start)
      yield* receive(start)
      assert.strictEqual(yield* work, 0)
      const [before, sent] = [yield* userOf(ana), (yield* TelegramTest).sends().length]
      const [letter = assert.fail("no letter")] = yield* listDead(100)
      assert.strictEqual(letter.outcome, "applied")
      assert.strictEqual(letter.reason, "ended")
      assert.deepStrictEqual(yield* redriveAll, ["done already"])
      assert.strictEqual(yield* work, 0)
      assert.deepStrictEqual(yield* userOf(ana), before)
      assert.lengthOf((yield* TelegramTest).sends(), sent)
      assert.strictEqual(yield* (yield* Consumer).dead, 0)
    }).pipe(Effect.provide(world)),
  )

  it.live("that are none of ours stay; an update that lost its attributes is worked (no letter hides another)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const { deadUrl, send } = yield* Emulated
      const start = yield* says(ana, "/start")
      yield* send("hello", deadUrl)
      yield* send(JSON.stringify(start), deadUrl)
      assert.sameMembers(yield* redriveAll, ["not ours", "redriven"])
      assert.strictEqual(yield* work, 0)
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
      assert.strictEqual(yield* (yield* Consumer).dead, 1)
    }).pipe(Effect.provide(world)),
  )
})

describe("on AWS, parked updates", () => {
  it.live("are listed whole, and worked when redriven to a worker that understands them, once", () =>
    Effect.gen(function* () {
      const ana = somebody({ first_name: "Ana 👋" })
      const start = yield* says(ana, "/start ref_a")
      const broken = { ...start, message: { ...start.message, date: "today" } }
      yield* receive(broken)
      assert.strictEqual(yield* work, 0)
      const { unreadable, updates } = yield* listParked(10)
      const [parked = assert.fail("nothing is parked"), ...more] = updates
      assert.deepStrictEqual([more, unreadable], [[], []])
      assert.deepStrictEqual(JSON.parse(parked.json), broken)
      // The fix: from now on the date is understood.
      const mended = { ...parked, json: JSON.stringify(start) }
      assert.isTrue(yield* redriveParked(mended))
      assert.isTrue(yield* redriveParked(mended))
      assert.strictEqual(yield* work, 0)
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ref_code: "ref_a" })
      assert.deepStrictEqual(yield* listParked(10), { updates: [], unreadable: [] })
    }).pipe(Effect.provide(world)),
  )
})
