import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { Counted } from "../attribution/Counted.ts"
import type { Fields } from "../stored/shape.ts"
import type { Unavailable } from "./reasons.ts"

export interface StoredSetting {
  readonly key: string
  readonly fields: Fields
}

export interface CountedEvent {
  readonly eventId: string
  readonly counted: Counted
}

/** Whole tables, for whoever makes a report: page by page, and in no order. No function carries it. */
export class Archive extends Context.Service<
  Archive,
  {
    settings(prefix: string): Stream.Stream<StoredSetting, Unavailable>
    readonly events: Stream.Stream<CountedEvent, Unavailable>
    /** About how many events there are, for a bar that shows how far it is. */
    readonly size: Effect.Effect<number, Unavailable>
  }
>()("@concierge/core/services/Archive") {}
