import * as Effect from "effect/Effect"
import { catalogue } from "../brand/Catalogue.ts"
import type { Locale } from "../brand/Locale.ts"
import type { Action } from "../onboarding/Action.ts"
import type { Plan } from "../onboarding/decide.ts"
import { Telegram } from "../services/Telegram.ts"

/** Every tap is answered, or its button would go on spinning. That it could not be is no reason to do the rest again. */
export const answerTap = Effect.fnUntraced(function* ({ trigger }: Action, plan: Plan, locale: Locale) {
  if (trigger._tag !== "Button") return
  const toast = plan._tag === "Toast" ? catalogue(locale).toasts.finished : undefined
  yield* answerQuery(trigger.queryId, toast)
})

export const answerQuery = Effect.fnUntraced(function* (queryId: string, toast?: string) {
  const telegram = yield* Telegram
  yield* Effect.catchTag(telegram.answerCallback(queryId, toast), "TelegramError", (error) =>
    Effect.logWarning("a tap could not be answered", { reason: error.reason }),
  )
})
