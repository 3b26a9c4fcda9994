import * as Layer from "effect/Layer"
import type { EventId } from "../ids.ts"
import { Ended } from "../services/Ended.ts"

/** What a container ends in minutes. The oldest are let go. */
const capacity = 5_000

export const layer: Layer.Layer<Ended> = Layer.sync(Ended, () => {
  const events = new Set<EventId>()
  return Ended.of({
    note: (event) => {
      events.add(event)
      if (events.size <= capacity) return
      for (const oldest of events) {
        events.delete(oldest)
        return
      }
    },
    has: (event) => events.has(event),
  })
})
