import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { EventId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { EventsError } from "./Events.ts"
import type { SettingsError } from "./Settings.ts"

export interface Reach {
  readonly telegramId: number
  readonly state: string
  /** By which it was reached: counted once, however often. */
  readonly event: EventId
  readonly at: Iso
}

/** How many people reached each state, by day. */
export class Funnel extends Context.Service<
  Funnel,
  { count(reach: Reach): Effect.Effect<void, SettingsError | EventsError> }
>()("@concierge/core/services/Funnel") {}
