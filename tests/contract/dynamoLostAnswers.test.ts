import { EventId } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { states } from "../fixtures/concierge.ts"
import { amid, dynamoWire } from "../layers/dynamoWire.ts"
import { type Fault, lost } from "../layers/faults.ts"
import { claimOf, later, now, update } from "./suites/events/updates.ts"
import { Stored } from "./suites/Stored.ts"
import { sessionOf } from "./suites/sessions/runs.ts"
import { newKey } from "./suites/settings/keys.ts"
import { beginOf, begun, somebody, stepped } from "./suites/users/people.ts"

/** What a call whose first write was done, but never answered, comes to. */
const answerLost = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const { attempts, exit } = yield* amid([lost], call)
    assert.isAtLeast(attempts.length, 2)
    return yield* exit
  })

/** An answer of DynamoDB's own to a batch that it had no capacity for. */
const unprocessed = (answer: object): Fault => ({
  _tag: "Answer",
  status: 200,
  contentType: "application/x-amz-json-1.0",
  body: JSON.stringify(answer),
})

layer(dynamoWire)("DynamoDB when an answer is lost", (it) => {
  it.effect("begin has its own lock, and counts one begin too many rather than one too few", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* answerLost(users.begin(beginOf(somebody())))
      assert.deepInclude(user, { unresolved: 2, version: 0 })
      assert.strictEqual(user.lock?.token, "mine")
    }),
  )

  it.effect("commit is done once, and says that it cannot tell", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = yield* begun()
      const after = stepped(before, "7:1")
      assert.isFalse(yield* answerLost(users.commit({ before, after, event: EventId.make("7:1"), token: "mine" })))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", before.userId), { ...after })
    }),
  )

  it.effect("release and remove are done once", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      assert.isFalse(yield* answerLost(users.release({ userId, token: "mine", clean: true })))
      assert.deepInclude(yield* (yield* Stored).item("users", userId), { unresolved: 0 })
      yield* users.begin(beginOf(userId))
      assert.isFalse(yield* answerLost(users.remove(userId, "mine")))
      assert.isUndefined(yield* (yield* Stored).item("users", userId))
    }),
  )

  it.effect("claim counts a delivery more, and finish has its outcome", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const event = yield* answerLost(events.claim(claimOf(eventId)))
      assert.deepStrictEqual(event, { ...claimOf(eventId), processed: false, deliveries: 2, shape: currentShape })
      yield* answerLost(events.finish({ eventId, outcome: "applied", at: later }))
      assert.deepInclude(yield* (yield* Stored).item("events", eventId), { outcome: "applied", finishedAt: later })
    }),
  )

  it.effect("a run is saved, and a counter has counted once", () =>
    Effect.gen(function* () {
      const [sessions, settings] = yield* Effect.all([Sessions, Settings])
      const session = sessionOf(somebody())
      yield* answerLost(sessions.save(session))
      assert.deepStrictEqual(yield* sessions.ofUser(session.userId), [session])
      const count = { key: newKey(), about: {}, cell: states.done }
      yield* settings.count({ ...count, id: "7:1" })
      const { cells, ids } = yield* answerLost(settings.count({ ...count, id: "7:2" }))
      assert.deepStrictEqual([...ids.keys()].toSorted(), ["7:1", "7:2"])
      assert.strictEqual(cells.get(states.done), 2)
    }),
  )

  it.effect("whoever got the throttle has it", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const use = {
        key: newKey(),
        event: EventId.make("7:1"),
        token: "mine",
        now,
        freeBefore: plus(now, -60_000),
        expiresAt: 1,
      }
      assert.isUndefined(yield* answerLost(throttle(use)))
    }),
  )

  it.effect("keys that were not read are asked for again, and only those", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const ids = [update(), update(), update()]
      yield* Effect.forEach(ids, (eventId) => events.claim(claimOf(eventId)))
      yield* Effect.forEach(ids, (eventId) => events.finish({ eventId, outcome: "applied", at: now }))
      const [first, ...rest] = ids.map((eventId) => ({ eventId: { S: eventId } }))
      const Responses = { [tables.events]: [{ ...first, outcome: { S: "applied" }, finishedAt: { S: now } }] }
      const half = unprocessed({ Responses, UnprocessedKeys: { [tables.events]: { Keys: rest } } })
      const { attempts, exit, sent } = yield* amid([half], events.finished(ids))
      assert.deepStrictEqual([...(yield* exit).keys()].toSorted(), ids.toSorted())
      assert.deepStrictEqual(attempts, [0, 50])
      assert.deepStrictEqual(sent[1]?.input.RequestItems[tables.events].Keys, rest)
    }),
  )

  it.effect("what the index does not show yet is found by its key", () =>
    Effect.gen(function* () {
      const [events, sessions] = [yield* Events, yield* Sessions]
      const userId = somebody()
      const [eventId, session] = [update(), sessionOf(userId)]
      yield* events.claim(claimOf(eventId, { userId }))
      yield* sessions.save(session)
      const nothing = unprocessed({ Items: [], Count: 0 })
      yield* (yield* amid([nothing], events.strip(userId, [eventId]))).exit
      yield* (yield* amid([nothing], sessions.removeOfUser(userId, [session.sessionId]))).exit
      assert.isEmpty(yield* events.ofUser(userId))
      assert.notProperty(Option.getOrThrow(yield* events.get(eventId)), "payload")
      assert.deepStrictEqual(yield* sessions.ofUser(userId), [])
    }),
  )

  it.effect("keys that are never deleted are Unavailable after four attempts", () =>
    Effect.gen(function* () {
      const sessions = yield* Sessions
      const session = sessionOf(somebody())
      yield* sessions.save(session)
      const Key = { sessionId: { S: session.sessionId } }
      const none = unprocessed({ UnprocessedItems: { [tables.sessions]: [{ DeleteRequest: { Key } }] } })
      const found = unprocessed({ Items: [Key], Count: 1 })
      const { attempts, exit } = yield* amid([found, none, none, none, none], sessions.removeOfUser(session.userId, []))
      assert.deepStrictEqual(attempts, [0, 0, 50, 200, 650])
      assert.strictEqual((yield* Effect.flip(exit)).reason._tag, "Unavailable")
      yield* sessions.removeOfUser(session.userId, [])
      assert.deepStrictEqual(yield* sessions.ofUser(session.userId), [])
    }),
  )
})
