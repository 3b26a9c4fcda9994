import { usedKinds } from "@concierge/core/updates/Update.ts"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../../BadInput.ts"
import { telegram } from "../../telegram.ts"

interface Webhook {
  readonly url: string
  readonly secret: Redacted.Redacted<string>
}

/** Tells Telegram of the secret. Where it delivers, and over how many connections, stays as it is. */
export const setWebhook = Effect.fnUntraced(function* (token: Redacted.Redacted<string>, { secret, url }: Webhook) {
  const bot = yield* telegram(token)
  const { max_connections, url: before } = yield* bot.webhook
  if (before !== "" && before !== url) {
    const advice = `the bot's webhook leads to ${new URL(before).origin}, and not to this stage: set it first, or name its stage`
    return yield* new BadInput({ advice })
  }
  yield* bot.call("setWebhook", {
    url,
    secret_token: Redacted.value(secret),
    allowed_updates: usedKinds,
    ...(max_connections !== undefined && { max_connections }),
  })
})
