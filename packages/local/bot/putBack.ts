import * as Effect from "effect/Effect"
import { BotApi } from "./BotApi.ts"
import { TakenWebhook } from "./TakenWebhook.ts"

/** Who stops it waits no longer for Telegram than this. */
const within = "5 seconds"

/**
 * Sets the webhook again that was taken away, unless there is another one by now. What this program has taken in is
 * confirmed first, or it would go to the webhook as well.
 */
export const putBack = Effect.fnUntraced(
  function* (offset: number | undefined) {
    const api = yield* BotApi
    const taken = yield* TakenWebhook
    const confirm =
      offset === undefined ? Effect.void : api.call("getUpdates", { offset, limit: 1, timeout: 0 }, within)
    const webhook = yield* taken.kept
    if (webhook === undefined) return yield* confirm
    const { url } = Object(yield* api.call("getWebhookInfo", {}, within))
    // Beside a webhook Telegram takes no confirmation.
    if (url === "") yield* Effect.andThen(confirm, api.call("setWebhook", webhook, within))
    yield* taken.forget
    const { origin } = new URL(webhook.url)
    return yield* Effect.logInfo(
      url === "" ? `The bot's webhook at ${origin} is put back.` : "Another webhook has been set; that one stays.",
    )
  },
  (effect) =>
    Effect.catch(
      effect,
      Effect.fnUntraced(function* (error) {
        const { kept, path } = yield* TakenWebhook
        const isTaken = yield* Effect.match(kept, { onFailure: () => true, onSuccess: (found) => found !== undefined })
        if (!isTaken) return yield* Effect.logInfo("Telegram was not told of the last updates taken in.", { error })
        yield* Effect.logError(
          `The bot's webhook was NOT put back. Start and stop this once more when Telegram can be reached, or set it by hand: ${path} says what it was.`,
          { error },
        )
      }),
    ),
)
