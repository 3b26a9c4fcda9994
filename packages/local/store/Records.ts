import { Records } from "@concierge/core/services/Records.ts"
import { type Fields, fieldsOf } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { attempt } from "./rows.ts"
import { Tables } from "./Tables.ts"

export const layer: Layer.Layer<Records, never, Tables> = Layer.effect(
  Records,
  Effect.gen(function* () {
    const { prepare } = yield* Tables
    const reader = (sql: string) => {
      const statement = prepare(sql)
      return (key: string) =>
        attempt(() => statement.read(key).map(({ item }): Fields => fieldsOf(JSON.parse(String(item)))))
    }
    const user = reader("SELECT item FROM users WHERE userId = ?1")
    const event = reader("SELECT item FROM events WHERE eventId = ?1")
    const first = Effect.map(([fields]: ReadonlyArray<Fields>) => fields)
    return Records.of({
      user: (userId) => first(user(userId)),
      event: (eventId) => first(event(eventId)),
      sessionsOf: reader("SELECT item FROM sessions WHERE userId = ?1 ORDER BY item ->> 'createdAt', sessionId"),
      eventsOf: reader("SELECT item FROM events WHERE userId = ?1 ORDER BY timestamp, eventId"),
    })
  }),
)
