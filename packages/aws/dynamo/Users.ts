import type { UserId } from "@concierge/core/ids.ts"
import { newUser, User } from "@concierge/core/onboarding/User.ts"
import { changesOf } from "@concierge/core/services/changesOf.ts"
import { type Begin, Busy, type Commit, type Release, Users, UsersError } from "@concierge/core/services/Users.ts"
import { currentShape, userOfShape1 } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { decoderOf, itemOf } from "./attributes.ts"
import { changeOf, notNewer, onlyIf } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

/** The people in DynamoDB: each call is one conditional request on one item. */
export const layer: Layer.Layer<Users, never, Dynamo> = Layer.effect(
  Users,
  Effect.gen(function* () {
    const { get, remove, tables, update } = yield* Dynamo
    const decode = decoderOf(User, userOfShape1)
    const item = (userId: UserId) => ({ TableName: tables.users, Key: itemOf({ userId }) })
    return Users.of({
      begin: Effect.fn("Users.begin")(function* (input: Begin) {
        const { event, now, token, until, userId } = input
        const { lock, unresolved, userId: _, ...created } = newUser({ ...input, lock: { token, event, until } })
        const change = changeOf({
          set: { lock },
          setOnce: created,
          add: { unresolved },
          when: `(attribute_not_exists(#lock) OR #lock.#until < :now OR #lock.#token = :token)
            AND ${notNewer}`,
          values: { now, token, shape: currentShape },
        })
        const begun = yield* update({ ...item(userId), ...change, ReturnValues: "ALL_NEW" })
        if (begun !== undefined) return yield* decode(begun)
        // Busy, unless it is of a shape that this version must not touch.
        const found = yield* get(tables.users, itemOf({ userId }))
        if (found !== undefined) yield* decode(found)
        return yield* new Busy()
      }, mapError),
      release: Effect.fn("Users.release")(function* ({ clean, notBefore, token, unseen, userId }: Release) {
        const change = changeOf({
          set: { ...(notBefore !== undefined && { not_before: notBefore }), ...(unseen !== undefined && { unseen }) },
          add: { ...(clean && { unresolved: -1 }) },
          remove: ["lock"],
          when: "#lock.#token = :token",
          values: { token },
        })
        return (yield* update({ ...item(userId), ...change })) !== undefined
      }, mapError),
      commit: Effect.fn("Users.commit")(function* ({ after, before, event, token }: Commit) {
        const { changed, gone } = changesOf(before, after)
        const change = changeOf({
          set: changed,
          remove: gone,
          when: "#lock.#token = :token AND #version = :version AND attribute_not_exists(#recent.#event)",
          values: { token, version: before.version },
          names: { event },
        })
        return (yield* update({ ...item(before.userId), ...change })) !== undefined
      }, mapError),
      remove: Effect.fn("Users.remove")(function* (userId: UserId, token: string) {
        return yield* remove({ ...item(userId), ...onlyIf("#lock.#token = :token", { token }) })
      }, mapError),
      get: Effect.fn("Users.get")(function* (userId: UserId) {
        const found = yield* get(tables.users, itemOf({ userId }))
        return found === undefined ? Option.none() : Option.some(yield* decode(found))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: UsersError["reason"]) => new UsersError({ reason }))
