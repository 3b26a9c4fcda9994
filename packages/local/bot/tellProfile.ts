import type { ProfileCall } from "@concierge/core/brand/profile.ts"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Predicate from "effect/Predicate"
import { BotApi } from "./BotApi.ts"

const within = "10 seconds"

/**
 * Sees to it that Telegram shows the brand's commands and descriptions. What is so already is left alone: Telegram limits
 * these calls tightly, and a server may start often. A bot without them still answers, so nothing waits for it.
 */
export const tellProfile = (profile: ReadonlyArray<ProfileCall>) =>
  Effect.forEach(profile, tell, { discard: true }).pipe(
    Effect.catchTag("CallError", ({ method, reason }) =>
      Effect.logWarning(`Telegram did not take the bot's profile (${method}); trying again at the next start.`, {
        reason,
      }),
    ),
  )

const tell = Effect.fnUntraced(function* ({ method, values }: ProfileCall) {
  const api = yield* BotApi
  const { language_code, ...wanted } = values
  const shown = yield* api.call(method.replace("set", "get"), { language_code }, within)
  // Of the commands it answers with the list itself.
  const before = Predicate.hasProperty(wanted, "commands") ? { commands: shown } : shown
  if (!Equal.equals(before, wanted)) yield* api.call(method, values, within)
})
