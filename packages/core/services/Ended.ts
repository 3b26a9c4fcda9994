import * as Context from "effect/Context"
import type { EventId } from "../ids.ts"

/**
 * Events that this container knows to have their outcome, so that nothing brings them up again: it need not ask the store
 * for them. Of any other the store has to be asked.
 */
export class Ended extends Context.Service<
  Ended,
  {
    note(event: EventId): void
    has(event: EventId): boolean
  }
>()("@concierge/core/services/Ended") {}
