import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Fact } from "../attribution/Counted.ts"
import type { Origin } from "../attribution/Origin.ts"
import type { EventId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { EventsError } from "./Events.ts"
import type { SettingsError } from "./Settings.ts"

export interface Reach {
  readonly origin: Origin
  readonly fact: Fact
  /** By which it came about: counted once, however often. */
  readonly event: EventId
  readonly at: Iso
  /** Of the container that committed it: whoever has to count it again counts it there. */
  readonly shard: number
}

/** How many people started, and reached each state: by day and by what sent them. */
export class Funnel extends Context.Service<
  Funnel,
  {
    /** In which of a counter's items this container counts what it commits. */
    readonly shard: number
    /** As what somebody is counted that day: by what sent them, or among the others where strangers' codes are too many. */
    admit(origin: Origin, at: Iso): Effect.Effect<Origin, SettingsError>
    count(reach: Reach): Effect.Effect<void, SettingsError | EventsError>
  }
>()("@concierge/core/services/Funnel") {}
