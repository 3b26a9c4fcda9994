import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { EventId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { SettingsError } from "./Settings.ts"

/** Of whom a slot is: the update, and the attempt at it. */
export interface Holder {
  readonly eventId: EventId
  readonly token: string
}

/** The rights to answer in a group. Undefined: they are this attempt's; else since when they are another's. */
export class GroupSlots extends Context.Service<
  GroupSlots,
  {
    /** The right to answer this update: one attempt has it, ever, unless it gives it back. */
    takeAnswer(holder: Holder): Effect.Effect<Iso | undefined, SettingsError>
    /** The group's answer of this minute. */
    takeMinute(holder: Holder, chatId: number): Effect.Effect<Iso | undefined, SettingsError>
    /** Gives both back, where it is certain that nothing was sent. */
    release(holder: Holder, chatId: number): Effect.Effect<void, SettingsError>
  }
>()("@concierge/core/services/GroupSlots") {}
