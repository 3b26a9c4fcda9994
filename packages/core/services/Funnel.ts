import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Fact } from "../attribution/Counted.ts"
import type { Origin } from "../attribution/Origin.ts"
import type { EventId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { EventsError } from "./Events.ts"
import type { SettingsError } from "./Settings.ts"

export interface Reach {
  readonly telegramId: number
  readonly origin: Origin
  readonly fact: Fact
  /** By which it came about: counted once, however often. */
  readonly event: EventId
  readonly at: Iso
}

/** How many people started, and reached each state: by day and by what sent them. */
export class Funnel extends Context.Service<
  Funnel,
  {
    /** As what somebody is counted that day: by what sent them, or among the others where strangers' codes are too many. */
    admit(origin: Origin, at: Iso): Effect.Effect<Origin, SettingsError>
    count(reach: Reach): Effect.Effect<void, SettingsError | EventsError>
    /** The event has its outcome, so that it cannot come again. */
    ended(event: EventId): Effect.Effect<void>
  }
>()("@concierge/core/services/Funnel") {}
