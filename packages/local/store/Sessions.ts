import type { SessionId, UserId } from "@concierge/core/ids.ts"
import { Session } from "@concierge/core/onboarding/Session.ts"
import { Sessions, SessionsError } from "@concierge/core/services/Sessions.ts"
import { currentShape, Versioned } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { attempt, itemsOf, notNewer } from "./rows.ts"
import { Tables } from "./Tables.ts"

export const layer: Layer.Layer<Sessions, never, Tables> = Layer.effect(
  Sessions,
  Effect.gen(function* () {
    const tables = yield* Tables
    const decode = itemsOf(Session)
    const decodeVersion = itemsOf(Versioned)
    const get = tables.prepare("SELECT item FROM sessions WHERE sessionId = ?1")
    const save = tables.prepare(
      `INSERT INTO sessions (sessionId, userId, expiresAt, item) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO UPDATE SET
         userId = excluded.userId, expiresAt = excluded.expiresAt,
         item = json_set(excluded.item, '$.createdAt', item ->> 'createdAt')
       WHERE item ->> 'updatedAt' < excluded.item ->> 'updatedAt' AND ${notNewer}
       RETURNING sessionId`,
    )
    const ofUser = tables.prepare(
      "SELECT item FROM sessions WHERE userId = ?1 ORDER BY item ->> 'createdAt', sessionId",
    )
    const removeOfUser = tables.prepare(
      "DELETE FROM sessions WHERE userId = ?1 OR sessionId IN (SELECT value FROM json_each(?2))",
    )
    return Sessions.of({
      save: Effect.fn("Sessions.save")(function* (session: Session) {
        const { expiresAt, sessionId, userId } = session
        const saved = yield* tables.commit(() =>
          save.write(sessionId, userId, expiresAt, JSON.stringify({ ...session, shape: currentShape })),
        )
        // An older state than there is, unless the record is of a shape that this version must not touch.
        if (saved.length === 0) yield* decodeVersion(yield* attempt(() => get.read(sessionId)))
      }, mapError),
      ofUser: Effect.fn("Sessions.ofUser")(function* (userId: UserId) {
        return yield* decode(yield* attempt(() => ofUser.read(userId)))
      }, mapError),
      removeOfUser: Effect.fn("Sessions.removeOfUser")(function* (userId: UserId, known: ReadonlyArray<SessionId>) {
        yield* tables.commit(() => removeOfUser.write(userId, JSON.stringify(known)))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: SessionsError["reason"]) => new SessionsError({ reason }))
