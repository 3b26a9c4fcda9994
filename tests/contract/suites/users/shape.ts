import { EventId } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { currentShape, fieldsOf } from "@concierge/core/stored/shape.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { states } from "../../../fixtures/concierge.ts"
import { type Item, Stored } from "../Stored.ts"
import { beginOf, begun, type It, now, reasonOf, somebody, stepped } from "./people.ts"

/** Somebody who has finished, as shape 1 had it: steps by the state they led to, and no word of when it was over. */
const finishedOfShape1 = (userId: string): Item => ({
  userId,
  telegramId: 5,
  firstName: "Ana",
  state: states.done,
  state_progress: {
    [states.video]: { at: now, updateId: "1", sentAt: now },
    [states.greeting]: { at: plus(now, 1_000), updateId: "2", sentAt: plus(now, 1_500) },
    [states.done]: { at: plus(now, 2_000), updateId: "3", sentAt: plus(now, 2_000) },
  },
  run: 1,
  version: 3,
  blocked: false,
  createdAt: now,
  updatedAt: plus(now, 2_000),
  sessionId: "s",
  recent: {
    "7:1": { outcome: "applied", at: now, run: 1, sessionId: "s", reached: states.video, left: states.new },
    "7:3": { outcome: "applied", at: plus(now, 2_000), run: 1, sessionId: "s", reached: states.done },
  },
  unresolved: 0,
  ambiguous: 0,
})

/** What the present shape says in the fields that differ. */
const upgraded = {
  state: states.done,
  state_progress: {
    video: { state: states.video, at: now, updateId: "1", sentAt: now },
    greeting: { state: states.greeting, at: plus(now, 1_000), updateId: "2", sentAt: plus(now, 1_500) },
    finish: { state: states.done, at: plus(now, 2_000), updateId: "3", sentAt: plus(now, 2_000) },
  },
  finished_at: plus(now, 2_000),
  recent: {
    "7:1": { outcome: "applied", at: now, run: 1, sessionId: "s", reached: states.video, opened: true },
    "7:3": { outcome: "applied", at: plus(now, 2_000), run: 1, sessionId: "s", reached: states.done, finished: true },
  },
}

/** The versions of a person's record: an older one is taken up, a newer one left alone. */
export const shapeContract = (it: It) => {
  it.effect("a commit writes the version of its shape; a begin alone says nothing of it", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const before = yield* begun()
      assert.notProperty(yield* stored.item("users", before.userId), "shape")
      const after = stepped(before, "7:1", { shape: currentShape })
      yield* users.commit({ before, after, event: EventId.make("7:1"), token: "mine" })
      assert.propertyVal(yield* stored.item("users", before.userId), "shape", currentShape)
      assert.propertyVal(yield* users.begin(beginOf(before.userId)), "shape", currentShape)
    }),
  )

  it.effect("a person of shape 1 is read as one of this shape; the record itself stays until a commit", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const userId = somebody()
      const old = finishedOfShape1(userId)
      yield* stored.put("users", old)
      assert.deepInclude(fieldsOf(Option.getOrThrow(yield* users.get(userId))), upgraded)
      assert.deepInclude(fieldsOf(yield* users.begin(beginOf(userId))), upgraded)
      yield* users.release({ userId, token: "mine", clean: true })
      assert.deepStrictEqual(yield* stored.item("users", userId), old)
    }),
  )

  it.effect("the first commit of a person of shape 1 writes the whole of this shape", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const userId = somebody()
      yield* stored.put("users", { ...finishedOfShape1(userId), favourite: "green" })
      const before = yield* users.begin(beginOf(userId))
      const after = stepped(before, "7:4", { shape: currentShape })
      const event = EventId.make("7:4")
      assert.isTrue(yield* users.commit({ before, after, event, token: "mine" }))
      const item = yield* stored.item("users", userId)
      assert.deepStrictEqual(item, { ...after, favourite: "green" })
      assert.deepInclude(item, { state_progress: upgraded.state_progress, finished_at: upgraded.finished_at })
      assert.hasAllKeys(item?.recent, ["7:1", "7:3", "7:4"])
    }),
  )

  it.effect.each(["free", "locked", "lease over"] as const)(
    "a person of a newer shape is not begun, and nothing of theirs changes (%s)",
    (lock) =>
      Effect.gen(function* () {
        const users = yield* Users
        const stored = yield* Stored
        const userId = somebody()
        const until = plus(now, lock === "locked" ? 10_000 : -10_000)
        const newer: Item = {
          ...finishedOfShape1(userId),
          shape: currentShape + 1,
          state: { of: "another kind" },
          ...(lock !== "free" && { lock: { token: "theirs", event: "7:9", until } }),
        }
        yield* stored.put("users", newer)
        assert.strictEqual(yield* reasonOf(users.begin(beginOf(userId))), "Newer")
        assert.strictEqual(yield* reasonOf(users.get(userId)), "Newer")
        assert.deepStrictEqual(yield* stored.item("users", userId), newer)
      }),
  )

  it.effect("a lock that is ours is no right to begin a person whom a newer version has changed since", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const stored = yield* Stored
      const { ...mine } = yield* begun()
      yield* stored.put("users", { ...mine, shape: currentShape + 1 })
      const before = yield* stored.item("users", mine.userId)
      assert.strictEqual(yield* reasonOf(users.begin(beginOf(mine.userId))), "Newer")
      assert.deepStrictEqual(yield* stored.item("users", mine.userId), before)
    }),
  )
}
