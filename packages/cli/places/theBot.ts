import { environment } from "@concierge/local/host/environment.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../BadInput.ts"
import { telegram } from "../telegram.ts"
import { brand } from "../where.ts"
import { Bot } from "./Bot.ts"
import type { Place } from "./Place.ts"
import { neededResource, webhookUrl } from "./resource.ts"

/** On one machine `TELEGRAM_BOT_TOKEN`'s, on a stage the deployed one. */
export const theBot: Place<Bot> = {
  here: Layer.effect(
    Bot,
    Effect.gen(function* () {
      const { secret, token } = yield* Effect.mapError(environment, ({ advice }) => new BadInput({ advice }))
      if (token === undefined) {
        return yield* new BadInput({ advice: "whose bot? Set TELEGRAM_BOT_TOKEN, or name a stage with --stage" })
      }
      const { call, webhook } = yield* telegram(token)
      const plain = secret === undefined ? undefined : Redacted.value(secret)
      return Bot.of({ call, webhook, brand: yield* brand, webhookUrl: undefined, secret: plain })
    }),
  ),
  stage: Layer.effect(
    Bot,
    Effect.gen(function* () {
      const token = yield* neededResource("TelegramBotToken", "value")
      const secret = yield* neededResource("TelegramWebhookSecret", "value")
      const { call, webhook } = yield* telegram(Redacted.make(token.trim()))
      return Bot.of({ call, webhook, brand: yield* brand, webhookUrl: webhookUrl(), secret: secret.trim() })
    }),
  ),
}
