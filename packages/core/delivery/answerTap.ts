import * as Effect from "effect/Effect"
import { Telegram } from "../services/Telegram.ts"
import type { ActionWork } from "./Work.ts"

/** Every tap is answered, or its button would go on spinning. */
export const answerTap = Effect.fnUntraced(function* (
  { action: { trigger }, isAnswered = false }: Pick<ActionWork, "action" | "isAnswered">,
  toast?: string,
) {
  if (!isAnswered && trigger._tag === "Button") yield* answerQuery(trigger.queryId, toast)
})

/** That it could not be answered is no reason to do the rest again. */
export const answerQuery = Effect.fnUntraced(function* (queryId: string, toast?: string) {
  const telegram = yield* Telegram
  yield* Effect.catchTag(telegram.answerCallback(queryId, toast), "TelegramError", (error) =>
    Effect.logWarning("a tap could not be answered", { reason: error.reason }),
  )
})
