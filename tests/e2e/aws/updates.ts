import * as Effect from "effect/Effect"
import { type Counts, Stats } from "../../../packages/local/store/Stats.ts"
import { open } from "../../contract/fixtures/http.ts"
import { secret, webhookUrl } from "./deployed.ts"
import { eventually } from "./visitor.ts"

/** Delivers to the webhook as Telegram does. */
export const post = Effect.fnUntraced(function* (update: unknown, headers: Readonly<Record<string, string>> = {}) {
  const given = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret, ...headers }
  return yield* open(yield* webhookUrl, { method: "POST", headers: given, body: JSON.stringify(update) })
})

export const start = (updateId: number, chatId: number) => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chatId, type: "private" },
    from: { id: chatId, is_bot: false, first_name: "Kim", language_code: "en" },
    text: "/start",
  },
})

/** Of a kind that nobody here uses. */
export const poll = (updateId: number) => ({ update_id: updateId, poll: { id: "1" } })

/** The counts when the queue is empty: each update is then where it stays. */
export const settled = eventually(
  Stats.use(({ counts }) => Effect.map(counts, (counts) => (counts.queued === 0 ? counts : undefined))),
)

export const since = (before: Counts, after: Counts) => ({
  applied: after.applied - before.applied,
  ignored: after.ignored - before.ignored,
  parked: after.parked - before.parked,
  dead: after.dead - before.dead,
})
