import * as Brand from "effect/Brand"
import * as Schema from "effect/Schema"

/** Of a person: `telegram_<id>`. */
export const UserId = Schema.String.pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/** Of an update: `<botId>:<update_id>`. */
export const EventId = Schema.String.pipe(Schema.brand("EventId"))
export type EventId = typeof EventId.Type

/** Of one onboarding run: a UUID. */
export const SessionId = Schema.String.pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

// Any text may be one: the brand only keeps one kind of id from being taken for another.
export const userId = Brand.nominal<UserId>()
export const eventId = Brand.nominal<EventId>()
export const sessionId = Brand.nominal<SessionId>()

export const userIdOf = (telegramId: number): UserId => userId(`telegram_${telegramId}`)

/** A week of silence makes Telegram restart `update_id` at random: the bot's id keeps two bots apart. */
export const eventIdOf = (botId: string, updateId: number): EventId => eventId(`${botId}:${updateId}`)
