import * as Effect from "effect/Effect"
import { type BotApiError, badRequest } from "../errors.ts"
import type { Chat } from "../model.ts"

/** The effects that every bot may use: fire, thumb up, thumb down, heart, party, poo. */
const free = [
  "5104841245755180586",
  "5107584321108051014",
  "5104858069142078462",
  "5159385139981059251",
  "5046509860389126442",
  "5046589136895476101",
]

/** What is no number is no effect. Groups have none. */
export const effectOf = (
  { type }: Chat,
  asked: string | number = "",
): Effect.Effect<string | undefined, BotApiError> => {
  const id = String(asked)
  if (!/^-?\d+$/.test(id) || /^-?0+$/.test(id)) return Effect.succeed(undefined)
  if (type !== "private") return badRequest("can't use message effects in the chat")
  return free.includes(id) ? Effect.succeed(id) : badRequest("EFFECT_ID_INVALID")
}
