import * as Effect from "effect/Effect"
import type { Action } from "../onboarding/Action.ts"
import { Telegram } from "../services/Telegram.ts"

/** Every tap is answered, or its button would go on spinning. */
export const answerTap = Effect.fnUntraced(function* ({ trigger }: Action, toast?: string) {
  if (trigger._tag === "Button") yield* answerQuery(trigger.queryId, toast)
})

/** That it could not be answered is no reason to do the rest again. */
export const answerQuery = Effect.fnUntraced(function* (queryId: string, toast?: string) {
  const telegram = yield* Telegram
  yield* Effect.catchTag(telegram.answerCallback(queryId, toast), "TelegramError", (error) =>
    Effect.logWarning("a tap could not be answered", { reason: error.reason }),
  )
})
