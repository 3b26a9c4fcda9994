import type { Link } from "@concierge/core/attribution/Link.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { dayOf } from "../dates.ts"
import type { Says } from "./flags.ts"

/** What is said of a link; a value of "" takes it away. */
export const saidOf = Effect.fnUntraced(function* ({ ref, until, ...utm }: Says, before: Partial<Link> = {}) {
  const last = yield* dayOf(
    "until",
    Option.filter(until, (day) => day !== ""),
    "",
  )
  const given = yield* Effect.forEach(Object.entries(utm), ([name, value]) =>
    Option.match(value, {
      onNone: () => Effect.succeed([]),
      onSome: (text) => Effect.map(shownText(name, text), (value) => [[name, value] as const]),
    }),
  )
  const named = Object.fromEntries(
    Object.entries({ ...before.utm, ...Object.fromEntries(given.flat()) }).filter(([, value]) => value !== ""),
  )
  const code = Option.isSome(ref) ? yield* shownText("ref", ref.value) : (before.ref_code ?? "")
  const end = last === "" ? (Option.isSome(until) ? undefined : before.expiresAt) : iso(`${last}T23:59:59.999Z`)
  return {
    ...(Object.keys(named).length > 0 && { utm: named }),
    ...(code !== "" && { ref_code: code }),
    ...(end !== undefined && { expiresAt: end }),
  }
})

const longest = 100

/** What a line of a table can show. */
const shownText = (flag: string, text: string): Effect.Effect<string, BadInput> => {
  const value = text.trim()
  if (value.length > longest)
    return Effect.fail(new BadInput({ advice: `--${flag}: ${value.length} characters, of ${longest} at most` }))
  return /\p{Cc}/u.test(value)
    ? Effect.fail(new BadInput({ advice: `--${flag}: a character of it cannot be shown, a line's end for one` }))
    : Effect.succeed(value)
}

/** A link's own name, which it must have. */
export const nameFrom = (text: string): Effect.Effect<string, BadInput> =>
  text.trim() === ""
    ? Effect.fail(new BadInput({ advice: 'a link needs a name: --name "Poster, north station"' }))
    : shownText("name", text)
