import { EventId } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../fixtures/concierge.ts"
import { amid, dynamoWire } from "../layers/dynamoWire.ts"
import { claimOf, now, rawClaimOf, update } from "./suites/events/updates.ts"
import { sessionOf } from "./suites/sessions/runs.ts"
import { newKey } from "./suites/settings/keys.ts"
import { beginOf, begun, somebody, stepped } from "./suites/users/people.ts"

/** The requests that a call makes, by operation. */
const requestsOf = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.map(amid([], call), ({ sent }) => sent.map(({ operation }) => operation))

layer(dynamoWire)("DynamoDB on the wire", (it) => {
  it.effect("a step of onboarding is one write each for begin, claim, commit, session, counter and finish", () =>
    Effect.gen(function* () {
      const [users, events, sessions, settings] = yield* Effect.all([Users, Events, Sessions, Settings])
      const eventId = update()
      const key = newKey()
      const counted = { key, about: {}, cell: states.done }
      const step = Effect.gen(function* () {
        const before = yield* users.begin(beginOf(somebody()))
        yield* events.claim(claimOf(eventId))
        yield* users.commit({ before, after: stepped(before, eventId), event: eventId, token: "mine" })
        yield* sessions.save(sessionOf(before.userId))
        yield* settings.count({ ...counted, id: eventId })
        yield* events.finish({ eventId, outcome: "applied", at: now })
      })
      const [begin, claim, ...rest] = yield* requestsOf(step)
      assert.deepStrictEqual([begin, claim], ["UpdateItem", "PutItem"])
      assert.deepStrictEqual(rest, Array(4).fill("UpdateItem"))
    }),
  )

  it.effect("a commit sends what has changed and nothing else", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const first = yield* begun()
      const known = stepped(first, "7:1", { firstName: "Ana", username: "ana", utm: { source: "poster" } })
      yield* users.commit({ before: first, after: known, event: EventId.make("7:1"), token: "mine" })
      const before = yield* users.begin(beginOf(first.userId))
      const { username: _, ...after } = stepped(before, "7:2", { state: states.done })
      const commit = users.commit({ before, after, event: EventId.make("7:2"), token: "mine" })
      const { sent } = yield* amid([], commit)
      assert.deepInclude(sent[0]?.input, {
        UpdateExpression:
          "SET #state = :new_state, #version = :new_version, #recent = :new_recent, #unresolved = :new_unresolved REMOVE #lock, #username ",
        ConditionExpression: "#lock.#token = :token AND #version = :version AND attribute_not_exists(#recent.#event)",
      })
    }),
  )

  it.effect("what is rare may take more: a repeat, a parked update, what is counted already", () =>
    Effect.gen(function* () {
      const [events, settings] = yield* Effect.all([Events, Settings])
      const [seen, parked] = [update(), update()]
      yield* events.claim(claimOf(seen))
      assert.deepStrictEqual(yield* requestsOf(events.claim(claimOf(seen))), ["PutItem", "UpdateItem"])
      yield* events.claim(rawClaimOf(parked))
      yield* events.finish({ eventId: parked, outcome: "parked", at: now })
      const claimParked = yield* requestsOf(events.claim(claimOf(parked)))
      assert.deepStrictEqual(claimParked, ["PutItem", "UpdateItem", "UpdateItem"])
      const count = settings.count({ key: newKey(), about: {}, cell: states.done, id: seen })
      assert.deepStrictEqual(yield* requestsOf(count), ["UpdateItem"])
      assert.deepStrictEqual(yield* requestsOf(count), ["UpdateItem", "GetItem"])
    }),
  )

  it.effect("a read sees all that was written before it", () =>
    Effect.gen(function* () {
      const [users, events, settings] = yield* Effect.all([Users, Events, Settings])
      const reads = [users.get(somebody()), events.get(update()), settings.get(newKey()), events.finished([update()])]
      const { sent } = yield* amid([], Effect.all(reads, { discard: true }))
      assert.deepStrictEqual(
        sent.map(({ operation }) => operation),
        ["GetItem", "GetItem", "GetItem", "BatchGetItem"],
      )
      const inputs = sent.map(({ input }) => input.ConsistentRead ?? input.RequestItems.events.ConsistentRead)
      assert.deepStrictEqual(inputs, [true, true, true, true])
    }),
  )

  it.effect("many keys go in batches: a hundred read, twenty-five deleted at a time", () =>
    Effect.gen(function* () {
      const [events, sessions] = yield* Effect.all([Events, Sessions])
      const ids = Array.from({ length: 230 }, update)
      const { sent } = yield* amid([], events.finished(ids))
      assert.deepStrictEqual(
        sent.map(({ input }) => input.RequestItems.events.Keys.length),
        [100, 100, 30],
      )
      const userId = somebody()
      yield* Effect.forEach(Array(30).keys(), () => sessions.save(sessionOf(userId)))
      const removal = yield* amid([], sessions.removeOfUser(userId, []))
      const [query, ...batches] = removal.sent
      assert.strictEqual(query?.operation, "Query")
      assert.deepStrictEqual(
        batches.map(({ input }) => input.RequestItems.sessions.length),
        [25, 5],
      )
    }),
  )

  it.effect("nothing to do is no request", () =>
    Effect.gen(function* () {
      const events = yield* Events
      assert.deepStrictEqual(yield* requestsOf(events.finished([])), [])
    }),
  )
})
