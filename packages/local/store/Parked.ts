import { Event } from "@concierge/core/domain/Event.ts"
import { EventsError } from "@concierge/core/services/Events.ts"
import { Parked } from "@concierge/core/services/Parked.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { attempt, itemsOf } from "./rows.ts"
import { Tables } from "./Tables.ts"

export const parkedLayer: Layer.Layer<Parked, never, Tables> = Layer.effect(
  Parked,
  Effect.gen(function* () {
    const { prepare } = yield* Tables
    const decode = itemsOf(Event)
    const list = prepare("SELECT item FROM events WHERE outcome = 'parked' ORDER BY timestamp, eventId LIMIT ?1")
    return Parked.of({
      list: Effect.fn("Parked.list")(
        function* (max: number) {
          return yield* decode(yield* attempt(() => list.read(max)))
        },
        Effect.mapError((reason) => new EventsError({ reason })),
      ),
    })
  }),
)
