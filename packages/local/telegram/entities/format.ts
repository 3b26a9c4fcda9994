import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type BotApiError, badRequest } from "../errors.ts"
import type { Entity } from "../model.ts"
import { detected } from "./detected.ts"
import { type Formatted, ordered, trimmed } from "./formatted.ts"
import { parseHtml } from "./parseHtml.ts"

export interface Markup {
  readonly text: string
  readonly parseMode?: string | undefined
  readonly entities?: ReadonlyArray<Entity> | undefined
}

/** In characters, after the entities were read. */
const longest = { message: 4096, "message caption": 1024 }

/** What the bot wrote as people see it. An empty text is for the caller to judge. */
export const format = Effect.fnUntraced(function* (
  what: keyof typeof longest,
  markup: Markup,
): Effect.fn.Return<Formatted, BotApiError> {
  const formatted = detected(trimmed(yield* parsed(markup)))
  // Code points are never more than code units: most texts need not be counted.
  if (formatted.text.length > longest[what] && Array.from(formatted.text).length > longest[what]) {
    return yield* badRequest(`${what} is too long`)
  }
  return formatted
})

const parsed = ({ text, parseMode = "", entities = [] }: Markup): Effect.Effect<Formatted, BotApiError> => {
  switch (parseMode.toLowerCase()) {
    case "":
    case "none":
      return Effect.succeed({ text, entities: ordered(entities) })
    case "html":
      return Result.match(parseHtml(text), {
        onFailure: (problem) => badRequest(`can't parse entities: ${problem}`),
        onSuccess: Effect.succeed,
      })
    default:
      return badRequest("unsupported parse_mode (the stand-in reads HTML)")
  }
}
