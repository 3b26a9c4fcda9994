import { EventId, SessionId } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { hostile, long } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { beginOf, begun, type It, now, resultAt, somebody, stepped } from "./people.ts"

export const otherContract = (it: It) => {
  it.effect("get finds a person, locked or not, and nobody else", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* begun()
      assert.deepStrictEqual(yield* users.get(user.userId), Option.some(user))
      assert.deepStrictEqual(yield* users.get(somebody()), Option.none())
    }),
  )

  it.effect("remove deletes a person whose lock is ours", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      assert.isTrue(yield* users.remove(userId, "mine"))
      assert.deepStrictEqual(yield* users.get(userId), Option.none())
      assert.isFalse(yield* users.remove(userId, "mine"))
      assert.deepInclude(yield* users.begin(beginOf(userId)), { version: 0, unresolved: 1 })
    }),
  )

  it.effect("remove leaves a person whose lock is somebody else's, or free", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { userId } = yield* begun()
      assert.isFalse(yield* users.remove(userId, "other"))
      yield* users.release({ userId, token: "mine", clean: true })
      assert.isFalse(yield* users.remove(userId, "mine"))
      assert.isTrue(Option.isSome(yield* users.get(userId)))
    }),
  )

  it.effect.each(hostile)("%j is a token, an event and a name like any other", (text) =>
    Effect.gen(function* () {
      const users = yield* Users
      const first = yield* begun({ token: text, event: EventId.make(text), sessionId: SessionId.make(text) })
      const { userId } = first
      assert.isFalse(yield* users.release({ userId, token: `${text}.`, clean: true }))
      // The id is new to `recent`, whatever properties a plain object inherits.
      const after = stepped(first, "7:1", { firstName: text, last_ref_code: text, ref_code: text })
      assert.isTrue(yield* users.commit({ before: first, after, event: EventId.make(text), token: text }))
      assert.deepStrictEqual(Option.getOrUndefined(yield* users.get(userId)), after)
    }),
  )

  it.effect.each(["a.b", '"', "'", "$", "#e", ":v", "a b", "ü"])(
    "event id %j is recognised among the recent",
    (event) =>
      Effect.gen(function* () {
        const users = yield* Users
        const first = yield* begun({ event: EventId.make(event) })
        const after = stepped(first, event)
        assert.isTrue(yield* users.commit({ before: first, after, event: EventId.make(event), token: "mine" }))
        const before = yield* users.begin(beginOf(first.userId, { event: EventId.make(event) }))
        assert.deepStrictEqual(before.recent, { [event]: resultAt(now) })
        assert.isFalse(
          yield* users.commit({ before, after: stepped(before, event), event: EventId.make(event), token: "mine" }),
        )
      }),
  )

  it.effect("large ids, long texts, empty maps and many recent events are kept as they are", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = yield* begun({ telegramId: Number.MAX_SAFE_INTEGER })
      const events = Array.from({ length: 200 }, (_, index) => [`7:${2 ** 31 + index}`, resultAt(now)] as const)
      const after = stepped(before, "7:1", {
        firstName: long,
        recent: Object.fromEntries(events),
        utm: {},
        run: 2 ** 40,
      })
      assert.isTrue(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      assert.deepStrictEqual(yield* (yield* Stored).item("users", before.userId), { ...after })
      assert.deepStrictEqual(Option.getOrUndefined(yield* users.get(before.userId)), after)
    }),
  )

  it.effect("half an emoji, as a cut leaves it, keeps nobody from being stored", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const before = yield* begun()
      const after = stepped(before, "7:1", { last_ref_code: "cut \ud83d" })
      assert.isTrue(yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" }))
      const user = Option.getOrUndefined(yield* users.get(before.userId))
      assert.strictEqual(user?.last_ref_code?.toWellFormed(), "cut \ufffd")
    }),
  )
}
