import * as Brand from "effect/Brand"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** A moment as it is stored: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export const Iso = Schema.String.pipe(Schema.brand("Iso"))
export type Iso = typeof Iso.Type

export const iso = Brand.nominal<Iso>()

/** Whether it is a day of the calendar, written like 2026-03-04. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** Now, by the clock of the runtime. */
export const currentIso: Effect.Effect<Iso> = Effect.map(Clock.currentTimeMillis, (millis) => toIso(millis))

export const toIso = (millis: number): Iso => iso(new Date(millis).toISOString())

/** Milliseconds since 1970 of a stored moment. */
export const fromIso = (moment: Iso): number => Date.parse(moment)

/** Telegram's dates are whole seconds since 1970. */
export const fromTelegram = (seconds: number): Iso => toIso(seconds * 1000)

export const plus = (moment: Iso, span: Duration.Input): Iso => toIso(fromIso(moment) + millisOf(span))

export const minus = (moment: Iso, span: Duration.Input): Iso => toIso(fromIso(moment) - millisOf(span))

export const earlier = (one: Iso, other: Iso): Iso => (other < one ? other : one)

/** How much later the second is; negative where it is earlier. */
export const millisBetween = (one: Iso, other: Iso): number => fromIso(other) - fromIso(one)

export const millisOf = (span: Duration.Input): number => Duration.toMillis(Duration.fromInputUnsafe(span))

/** When a record may be deleted, as the tables' time to live has it: in whole seconds since 1970. */
export const expiresAt = (from: Iso, life: Duration.Input): number => Math.ceil((fromIso(from) + millisOf(life)) / 1000)
