import { SessionId, type UserId } from "@concierge/core/ids.ts"
import { Session } from "@concierge/core/onboarding/Session.ts"
import { Sessions, SessionsError } from "@concierge/core/services/Sessions.ts"
import { currentShape, Versioned } from "@concierge/core/stored/shape.ts"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import * as Schema from "effect/Schema"
import { decoderOf, itemOf } from "./attributes.ts"
import { changeOf, notNewer, placeholders } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

/** The onboarding runs in DynamoDB. */
export const layer: Layer.Layer<Sessions, never, Dynamo> = Layer.effect(
  Sessions,
  Effect.gen(function* () {
    const { get, query, removeAll, tables, update } = yield* Dynamo
    const decode = decoderOf(Session)
    const decodeVersion = decoderOf(Versioned)
    const decodeKey = decoderOf(Schema.Struct({ sessionId: SessionId }))
    const idsOf = Effect.fnUntraced(function* (userId: UserId) {
      const keys = yield* query({
        TableName: tables.sessions,
        IndexName: "UserIdIndex",
        KeyConditionExpression: "#userId = :userId",
        ProjectionExpression: "sessionId",
        ...placeholders("#userId", { userId }),
      })
      return (yield* Effect.forEach(keys, decodeKey)).map(({ sessionId }) => sessionId)
    })
    return Sessions.of({
      save: Effect.fn("Sessions.save")(function* ({ createdAt, sessionId, ...session }: Session) {
        const { updatedAt } = session
        const change = changeOf({
          set: { ...session, shape: currentShape },
          setOnce: { createdAt },
          when: `(attribute_not_exists(#updatedAt) OR #updatedAt < :updatedAt) AND ${notNewer}`,
          values: { updatedAt, shape: currentShape },
        })
        const key = itemOf({ sessionId })
        const saved = yield* update({ TableName: tables.sessions, Key: key, ...change })
        if (saved !== undefined) return
        // An older state than there is, unless the record is of a shape that this version must not touch.
        const found = yield* get(tables.sessions, key)
        if (found !== undefined) yield* decodeVersion(found)
      }, mapError),
      ofUser: Effect.fn("Sessions.ofUser")(function* (userId: UserId) {
        // The index has the keys alone, and one that it has may be gone.
        const read = (sessionId: SessionId) => get(tables.sessions, itemOf({ sessionId }))
        const found = yield* Effect.forEach(yield* idsOf(userId), read, { concurrency: 10 })
        const items = found.filter((item) => item !== undefined)
        return Arr.sortWith(yield* Effect.forEach(items, decode), ageOf, Order.String)
      }, mapError),
      removeOfUser: Effect.fn("Sessions.removeOfUser")(function* (userId: UserId, known: ReadonlyArray<SessionId>) {
        // The index is some moments behind; and a key may come once only.
        const keys = [...new Set([...known, ...(yield* idsOf(userId))])].map((sessionId) => itemOf({ sessionId }))
        yield* removeAll(tables.sessions, keys)
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: SessionsError["reason"]) => new SessionsError({ reason }))

/** Times are all of one length; the id keeps runs of one millisecond in order. */
const ageOf = ({ createdAt, sessionId }: Session): string => `${createdAt} ${sessionId}`
