import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { EventId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { Counter } from "./Counter.ts"
import { Corrupt, Newer, Unavailable } from "./reasons.ts"

export class SettingsError extends Schema.TaggedError<SettingsError>()("SettingsError", {
  reason: Schema.Union([Unavailable, Corrupt, Newer]),
}) {}

export interface Put {
  readonly key: string
  readonly value: Schema.Json
  /** Epoch seconds. */
  readonly expiresAt?: number
}

export interface Swap {
  readonly key: string
  /** Of the value that is to be replaced; undefined: there is none. */
  readonly before: number | undefined
  readonly value: { readonly version: number } & { readonly [name: string]: Schema.Json }
}

export interface Increment {
  readonly key: string
  /** Said once, when the counter is made: what it counts. */
  readonly about: Schema.Json
  readonly cell: string
  /** Counted once, in whatever cell it comes again. */
  readonly id: string
  /** One, unless a counter is mended. */
  readonly by?: number
  /** Ids that cannot come again: the counter forgets them. */
  readonly forget?: ReadonlyArray<string>
  /** One that would be more than so many in its cell is not counted. */
  readonly atMost?: number
  /** Epoch seconds; said once, too. */
  readonly expiresAt?: number
}

export interface Throttle {
  readonly key: string
  readonly event: EventId
  /** Of the attempt that asks: one that has the key has it still when it asks again. */
  readonly token: string
  readonly now: Iso
  /** The key is free again when its last use is before this. */
  readonly freeBefore: Iso
  /** Epoch seconds. */
  readonly expiresAt: number
}

/** What is neither a person nor an event: remembered file ids, tombstones, counters, stored links. */
export class Settings extends Context.Service<
  Settings,
  {
    get(key: string): Effect.Effect<Option.Option<Schema.Json>, SettingsError>
    put(put: Put): Effect.Effect<void, SettingsError>
    /** Writes a value where the one before is still of that version. False: somebody else was faster. */
    swap(swap: Swap): Effect.Effect<boolean, SettingsError>
    remove(key: string): Effect.Effect<void, SettingsError>
    /** Counts an id once, in one write. Returns the counter as it stands. */
    count(increment: Increment): Effect.Effect<Counter, SettingsError>
    /** Undefined once per window, and again for the attempt that got it: the key is its own. Else: since when it is another's. */
    throttle(throttle: Throttle): Effect.Effect<Iso | undefined, SettingsError>
    /** Gives the key back as unused, where it is this attempt's. */
    release(key: string, token: string): Effect.Effect<void, SettingsError>
  }
>()("@concierge/core/services/Settings") {}
