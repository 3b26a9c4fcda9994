import { EventId } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../../fixtures/concierge.ts"
import { Stored } from "../Stored.ts"
import { beginOf, begun, type It, now, resultAt, somebody, stepped, until } from "./people.ts"

export const commitContract = (it: It) => {
  it.effect("commit writes state, outcome and unlock at once", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = yield* begun()
      const entry = { state: states.video, at: now, updateId: "1", sentAt: plus(now, 300) }
      const after = stepped(before, "7:1", {
        state: states.video,
        state_progress: { video: entry },
        firstName: "Ana",
        utm: { source: "poster" },
        ref_code: "summer",
        attributed_at: now,
        last_ref_code: "",
        ambiguous: 3,
        blocked: true,
        recent: { "7:1": { ...resultAt(now), reached: states.video, degraded: true, ambiguous: 3 } },
      })
      assert.isTrue(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", before.userId), { ...after })
    }),
  )

  it.effect("attributes that only the state before had are gone, and no map is merged with the one before", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const first = yield* begun()
      const { userId } = first
      const full = stepped(first, "7:1", {
        username: "ana",
        lastName: "Ruiz",
        utm: { source: "poster", medium: "print" },
        state_progress: { video: { state: states.video, at: now, updateId: "1", sentAt: now } },
      })
      yield* users.commit({ before: first, after: full, event: EventId.make("7:1"), token: "mine" })
      yield* users.begin(beginOf(userId, { token: "held" }))
      yield* users.release({ userId, token: "held", clean: true, notBefore: until })
      const before = yield* users.begin(beginOf(userId, { event: EventId.make("7:2") }))
      const { lastName: _, not_before: __, username: ___, ...rest } = stepped(before, "7:2")
      const after = { ...rest, utm: { source: "poster" }, state_progress: {}, recent: { "7:2": resultAt(now) } }
      assert.isTrue(yield* users.commit({ before, after, event: EventId.make("7:2"), token: "mine" }))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", userId), after)
    }),
  )

  it.effect("attributes that a newer version wrote survive", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const { lock: _, ...user } = yield* begun()
      const favourite = { colour: "green", "since.when": null }
      yield* stored.put("users", { ...user, favourite })
      const before = yield* users.begin(beginOf(user.userId))
      const after = stepped(before, "7:1")
      yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" })
      assert.deepStrictEqual(yield* stored.item("users", user.userId), { ...after, favourite })
    }),
  )

  it.effect("commit without the lock changes nothing: never had, released, taken over", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const before = yield* begun()
      const { userId } = before
      const after = stepped(before, "7:1")
      assert.isFalse(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "other" }))
      assert.deepStrictEqual(yield* stored.item("users", userId), { ...before })
      yield* users.release({ userId, token: "mine", clean: true })
      assert.isFalse(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      const taken = yield* users.begin(beginOf(userId, { token: "other", event: EventId.make("7:2") }))
      assert.isFalse(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      assert.deepStrictEqual(yield* stored.item("users", userId), { ...taken })
    }),
  )

  it.effect("commit of another version than the stored one changes nothing", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = yield* begun()
      const stale = { ...before, version: before.version + 1 }
      assert.isFalse(
        yield* users.commit({ before: stale, after: stepped(stale, "7:1"), event: EventId.make("7:1"), token: "mine" }),
      )
      assert.deepStrictEqual(yield* (yield* Stored).item("users", before.userId), { ...before })
    }),
  )

  it.effect("an event is committed once, even under the right lock and version", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const first = yield* begun()
      const known = stepped(first, "7:1", { version: first.version })
      assert.isTrue(yield* users.commit({ before: first, after: known, event: EventId.make("7:1"), token: "mine" }))
      const before = yield* users.begin(beginOf(first.userId))
      const after = stepped(before, "7:1", { state: states.done })
      assert.isFalse(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      assert.isTrue(
        yield* users.commit({ before, after: stepped(before, "7:10"), event: EventId.make("7:10"), token: "mine" }),
      )
    }),
  )

  it.effect("committing nobody brings nobody into being", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = { ...(yield* begun()), userId: somebody() }
      assert.isFalse(
        yield* users.commit({ before, after: stepped(before, "7:1"), event: EventId.make("7:1"), token: "mine" }),
      )
      assert.isUndefined(yield* (yield* Stored).item("users", before.userId))
    }),
  )
}
