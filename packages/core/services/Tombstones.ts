import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { EventId, type UserId } from "../ids.ts"
import { Iso } from "../Time.ts"
import type { SettingsError } from "./Settings.ts"

/** That somebody was forgotten, and by which update. */
export const Tombstone = Schema.Struct({
  at: Iso,
  event: EventId,
  /** Of the record that is to be deleted: it tells that one from a later one, whatever the clocks of two workers say. */
  createdAt: Iso,
  /** Goodbyes that may have been said before, of which the record tells no more once it is deleted. */
  ambiguous: Schema.optionalKey(Schema.Int),
})
export type Tombstone = typeof Tombstone.Type

/** Marks of people who were forgotten, for as long as an update of theirs can still come. Nobody can be read from them. */
export class Tombstones extends Context.Service<
  Tombstones,
  {
    put(userId: UserId, tombstone: Tombstone): Effect.Effect<void, SettingsError>
    get(userId: UserId): Effect.Effect<Option.Option<Tombstone>, SettingsError>
  }
>()("@concierge/core/services/Tombstones") {}
