import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { BadInput } from "../BadInput.ts"
import type { WebhookInfo } from "../telegram.ts"

/** The bot that is meant, as Telegram is spoken to of it. */
export class Bot extends Context.Service<
  Bot,
  {
    /** Any method of the Bot API about the bot itself. */
    call(method: string, params?: object): Effect.Effect<unknown, BadInput>
    readonly webhook: Effect.Effect<WebhookInfo, BadInput>
    readonly brand: BrandValue
    /** Where the stage takes updates; undefined on one machine. */
    readonly webhookUrl: string | undefined
    /** Telegram's `secret_token`. */
    readonly secret: string | undefined
  }
>()("@concierge/cli/places/Bot") {}
