import type { UserId } from "@concierge/core/ids.ts"
import { newUser, User } from "@concierge/core/onboarding/User.ts"
import { changesOf } from "@concierge/core/services/changesOf.ts"
import { type Begin, Busy, type Commit, type Release, Users, UsersError } from "@concierge/core/services/Users.ts"
import { userOfShape1 } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { attempt, itemsOf, notNewer } from "./rows.ts"
import { Tables } from "./Tables.ts"

/** Each call is one statement, so that no other one comes between its condition and its change. */
export const layer: Layer.Layer<Users, never, Tables> = Layer.effect(
  Users,
  Effect.gen(function* () {
    const tables = yield* Tables
    const decode = itemsOf(User, userOfShape1)
    const begin = tables.prepare(
      `INSERT INTO users (userId, item) VALUES (?1, ?2)
       ON CONFLICT DO UPDATE SET item = json_set(item, '$.lock', json(?3), '$.unresolved', item ->> 'unresolved' + 1)
       WHERE (item -> '$.lock' IS NULL OR item ->> '$.lock.until' < ?4 OR item ->> '$.lock.token' = ?5)
         AND ${notNewer}
       RETURNING item`,
    )
    const release = tables.prepare(
      `UPDATE users
       SET item = json_patch(json_set(json_remove(item, '$.lock'), '$.unresolved', item ->> 'unresolved' - ?3), ?4)
       WHERE userId = ?1 AND item ->> '$.lock.token' = ?2 RETURNING userId`,
    )
    // Removed first: a patch would merge a new map into the old one.
    const commit = tables.prepare(
      `UPDATE users SET item = json_patch(json_patch(item, ?2), ?6)
       WHERE userId = ?1 AND item ->> '$.lock.token' = ?3 AND item ->> 'version' = ?4
         AND NOT EXISTS (SELECT 1 FROM json_each(item, '$.recent') WHERE key = ?5)
       RETURNING userId`,
    )
    const remove = tables.prepare(
      "DELETE FROM users WHERE userId = ?1 AND item ->> '$.lock.token' = ?2 RETURNING userId",
    )
    const get = tables.prepare("SELECT item FROM users WHERE userId = ?1")
    return Users.of({
      begin: Effect.fn("Users.begin")(function* (input: Begin) {
        const { event, now, token, until, userId } = input
        const lock = { token, event, until }
        const created = JSON.stringify(newUser({ ...input, lock }))
        const rows = yield* tables.commit(() => begin.write(userId, created, JSON.stringify(lock), now, token))
        const [user] = yield* decode(rows)
        if (user !== undefined) return user
        // Busy, unless it is of a shape that this version must not touch.
        yield* decode(yield* attempt(() => get.read(userId)))
        return yield* new Busy()
      }, mapError),
      release: Effect.fn("Users.release")(function* ({ clean, notBefore, token, unseen, userId }: Release) {
        const told = JSON.stringify({ not_before: notBefore, unseen })
        return (yield* tables.commit(() => release.write(userId, token, clean ? 1 : 0, told))).length > 0
      }, mapError),
      commit: Effect.fn("Users.commit")(function* ({ after, before, event, token }: Commit) {
        const { changed, gone } = changesOf(before, after)
        const removed = JSON.stringify(
          Object.fromEntries([...Object.keys(changed), ...gone].map((name) => [name, null])),
        )
        const rows = yield* tables.commit(() =>
          commit.write(before.userId, removed, token, before.version, event, JSON.stringify(changed)),
        )
        return rows.length > 0
      }, mapError),
      remove: Effect.fn("Users.remove")(function* (userId: UserId, token: string) {
        return (yield* tables.commit(() => remove.write(userId, token))).length > 0
      }, mapError),
      get: Effect.fn("Users.get")(function* (userId: UserId) {
        const [user] = yield* decode(yield* attempt(() => get.read(userId)))
        return Option.fromUndefinedOr(user)
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: UsersError["reason"]) => new UsersError({ reason }))
