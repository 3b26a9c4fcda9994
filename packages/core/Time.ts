/** A moment as it is stored: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Iso = string

export const toIso = (millis: number): Iso => new Date(millis).toISOString()

/** Milliseconds since 1970 of a stored moment. */
export const fromIso = (iso: Iso): number => Date.parse(iso)

/** Telegram's dates are whole seconds since 1970. */
export const fromTelegram = (seconds: number): Iso => toIso(seconds * 1000)

export const plus = (iso: Iso, millis: number): Iso => toIso(fromIso(iso) + millis)

export const earlier = (one: Iso, other: Iso): Iso => (other < one ? other : one)
