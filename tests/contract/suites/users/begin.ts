import { EventId, SessionId } from "@concierge/core/ids.ts"
import { newUser } from "@concierge/core/onboarding/User.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { states } from "../../../fixtures/concierge.ts"
import { Stored } from "../Stored.ts"
import { beginOf, begun, type It, now, reasonOf, somebody, stepped, until } from "./people.ts"

export const beginContract = (it: It) => {
  it.effect("begin creates a person, NEW and locked", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const userId = somebody()
      const user = yield* users.begin(beginOf(userId))
      const lock = { token: "mine", event: EventId.make("7:1"), until }
      assert.deepStrictEqual(user, newUser({ ...beginOf(userId), lock }))
      assert.deepInclude(user, { state: states.new, version: 0, run: 1, unresolved: 1 })
      assert.deepStrictEqual(yield* (yield* Stored).item("users", userId), { ...user })
    }),
  )

  it.effect("begin of somebody known takes the lock and nothing else", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* begun()
      const known = stepped(user, "7:1", { state: states.greeting, username: "ana" })
      yield* users.commit({ before: user, after: known, event: EventId.make("7:1"), token: "mine" })
      const later = { event: EventId.make("7:2"), token: "next", now: plus(now, 5), until: plus(until, 5) }
      const again = yield* users.begin(
        beginOf(user.userId, { ...later, telegramId: 1, sessionId: SessionId.make("another") }),
      )
      const lock = { token: "next", event: EventId.make("7:2"), until: plus(until, 5) }
      assert.deepStrictEqual(again, { ...known, lock, unresolved: 1 })
    }),
  )

  it.effect("begin does not take a lock that somebody else holds", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* begun()
      const other = beginOf(user.userId, { event: EventId.make("7:2"), token: "other", now: plus(until, -1) })
      assert.strictEqual(yield* reasonOf(users.begin(other)), "Busy")
      assert.deepStrictEqual(yield* (yield* Stored).item("users", user.userId), { ...user })
    }),
  )

  it.effect("a lock is held through its last millisecond, and taken over after it", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      const other = beginOf(userId, {
        event: EventId.make("7:2"),
        token: "other",
        now: until,
        until: plus(until, 60_000),
      })
      assert.strictEqual(yield* reasonOf(users.begin(other)), "Busy")
      const taken = yield* users.begin({ ...other, now: plus(until, 1) })
      assert.deepInclude(taken, {
        lock: { token: "other", event: EventId.make("7:2"), until: plus(until, 60_000) },
        unresolved: 2,
        createdAt: now,
      })
    }),
  )

  it.effect("begin repeated by whoever holds the lock has it again, and counts", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      const again = yield* users.begin(beginOf(userId, { until: plus(until, 10) }))
      assert.deepInclude(again, {
        lock: { token: "mine", event: EventId.make("7:1"), until: plus(until, 10) },
        unresolved: 2,
      })
    }),
  )

  it.effect("fifty begins of one person at once: one wins", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const userId = somebody()
      const tokens = Array.from({ length: 50 }, (_, index) => `token ${index}`)
      const exits = yield* Effect.forEach(tokens, (token) => Effect.exit(users.begin(beginOf(userId, { token }))), {
        concurrency: "unbounded",
      })
      const winners = exits.filter(Exit.isSuccess)
      assert.strictEqual(winners.length, 1)
      assert.strictEqual(winners[0]?.value.unresolved, 1)
      const losers = yield* Effect.forEach(exits.filter(Exit.isFailure), reasonOf)
      assert.deepStrictEqual(
        losers,
        losers.map(() => "Busy"),
      )
      assert.deepStrictEqual(yield* (yield* Stored).item("users", userId), { ...winners[0]?.value })
    }),
  )

  it.effect("fifty people at once are in nobody's way", () =>
    Effect.gen(function* () {
      const everybody = yield* Effect.forEach(Array(50).keys(), () => begun(), { concurrency: "unbounded" })
      assert.strictEqual(new Set(everybody.map(({ userId }) => userId)).size, 50)
    }),
  )

  it.effect("a person that does not decode is Corrupt", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const user = yield* begun()
      yield* stored.put("users", { ...user, state: 5 })
      assert.strictEqual(yield* reasonOf(users.begin(beginOf(user.userId))), "Corrupt")
      assert.strictEqual(yield* reasonOf(users.get(user.userId)), "Corrupt")
    }),
  )
}
