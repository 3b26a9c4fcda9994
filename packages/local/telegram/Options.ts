import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { LimitOptions } from "./judge.ts"
import type { User } from "./model.ts"
import type { Redelivery } from "./redelivery.ts"

export interface StandInOptions {
  /** The database's file, or `:memory:`. */
  readonly path: string
  /** `<bot id>:<secret>`: the bot's user id is read from it, as Telegram does. */
  readonly botToken: string
  readonly botUsername: string
  readonly botName?: string
  readonly redelivery?: Partial<Redelivery>
  /** Kills what works the bot's updates, as `kill -9` does. Without it nobody can be killed. */
  readonly kill?: Effect.Effect<void>
  /** None unless given. */
  readonly limits?: LimitOptions
}

export class Options extends Context.Service<Options, StandInOptions>()("@concierge/local/telegram/Options") {}

export const botOf = (options: StandInOptions): User => ({
  id: Number.parseInt(options.botToken, 10),
  is_bot: true,
  first_name: options.botName ?? options.botUsername,
  username: options.botUsername,
})
