import { eventId } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Stored } from "../Stored.ts"
import { beginOf, begun, type It, now, somebody, until } from "./people.ts"

export const releaseContract = (it: It) => {
  it.effect("a clean release takes the lock away and the begin back", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { lock: _, ...user } = yield* begun()
      assert.isTrue(yield* users.release({ userId: user.userId, token: "mine", clean: true }))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", user.userId), { ...user, unresolved: 0 })
    }),
  )

  it.effect("a release that is not clean leaves the begin counted", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { lock: _, ...user } = yield* begun()
      assert.isTrue(yield* users.release({ userId: user.userId, token: "mine", clean: false }))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", user.userId), { ...user, unresolved: 1 })
      const next = yield* users.begin(beginOf(user.userId, { token: "next" }))
      assert.strictEqual(next.unresolved, 2)
    }),
  )

  it.effect("a release can say when Telegram takes messages again; the latest word stands", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      yield* users.release({ userId, token: "mine", clean: true, notBefore: until })
      const next = yield* users.begin(beginOf(userId, { token: "next" }))
      assert.deepInclude(next, { not_before: until, unresolved: 1 })
      yield* users.release({ userId, token: "next", clean: true, notBefore: now })
      assert.deepInclude(yield* users.begin(beginOf(userId)), { not_before: now, unresolved: 1 })
      yield* users.release({ userId, token: "mine", clean: true })
      assert.deepInclude(yield* (yield* Stored).item("users", userId), { not_before: now, unresolved: 0 })
    }),
  )

  it.effect("a release can say what may have arrived; it stays until a commit says otherwise", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      const one = { event: eventId("4242:7"), times: 1, since: now }
      const two = { event: eventId("4242:8"), times: 1, since: now }
      yield* users.release({ userId, token: "mine", clean: false, unseen: { video: one } })
      assert.deepInclude(yield* users.begin(beginOf(userId)), { unseen: { video: one }, unresolved: 2 })
      const unseen = { video: { ...one, times: 2 }, "4242:8": two }
      yield* users.release({ userId, token: "mine", clean: false, notBefore: until, unseen })
      yield* users.begin(beginOf(userId))
      yield* users.release({ userId, token: "mine", clean: true })
      assert.deepInclude(yield* (yield* Stored).item("users", userId), { unseen, not_before: until, unresolved: 2 })
    }),
  )

  it.effect("nobody releases a lock that is not theirs", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* begun()
      const foreign = { userId: user.userId, token: "other", clean: true, notBefore: until }
      assert.isFalse(yield* users.release(foreign))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", user.userId), { ...user })
    }),
  )

  it.effect("a lock that was taken over is not ours to release", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      yield* users.begin(beginOf(userId, { token: "other", now: plus(until, 1), until: plus(until, 60_000) }))
      assert.isFalse(yield* users.release({ userId, token: "mine", clean: true }))
      assert.deepInclude(yield* (yield* Stored).item("users", userId), { unresolved: 2 })
    }),
  )

  it.effect("a lock is released once", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      assert.isTrue(yield* users.release({ userId, token: "mine", clean: true }))
      assert.isFalse(yield* users.release({ userId, token: "mine", clean: true }))
      assert.deepInclude(yield* (yield* Stored).item("users", userId), { unresolved: 0 })
    }),
  )

  it.effect("releasing nobody brings nobody into being", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const userId = somebody()
      assert.isFalse(yield* users.release({ userId, token: "mine", clean: false, notBefore: until }))
      assert.isUndefined(yield* (yield* Stored).item("users", userId))
    }),
  )
}
