import { eventId } from "@concierge/core/ids.ts"
import { EventsError } from "@concierge/core/services/Events.ts"
import { Parked } from "@concierge/core/services/Parked.ts"
import { Event } from "@concierge/core/updates/Event.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { attempt, itemOf } from "./rows.ts"
import { type Row, Tables } from "./Tables.ts"

export const layer: Layer.Layer<Parked, never, Tables> = Layer.effect(
  Parked,
  Effect.gen(function* () {
    const { prepare } = yield* Tables
    const decode = itemOf(Event)
    const parkedOf = (row: Row) =>
      Effect.map(Effect.result(decode(row)), (event) => ({ eventId: eventId(String(row.eventId)), event }))
    const list = prepare(
      "SELECT eventId, item FROM events WHERE outcome = 'parked' ORDER BY timestamp, eventId LIMIT ?1",
    )
    return Parked.of({
      list: Effect.fn("Parked.list")(
        function* (max: number) {
          return yield* Effect.forEach(yield* attempt(() => list.read(max)), parkedOf)
        },
        Effect.mapError((reason) => new EventsError({ reason })),
      ),
    })
  }),
)
