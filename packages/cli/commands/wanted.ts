import type { Wanted } from "@concierge/core/operate/Wanted.ts"
import { currentIso, minus } from "@concierge/core/Time.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../BadInput.ts"
import { text } from "../flags.ts"

/** Which of them; what is not given is any. */
export const filters = {
  kind: text("kind", "Telegram's kind of update: message, callback_query"),
  user: text("user", "Of this person: their id with Telegram, 1001"),
  older: text("older", "Received longer ago than this: 30m, 12h, 3d"),
  younger: text("younger", "Received within this time: 30m, 12h, 3d"),
}

export type Filters = { readonly [K in keyof typeof filters]: Option.Option<string> }

export const wantedOf = Effect.fnUntraced(function* ({ kind, older, user, younger }: Filters) {
  const now = yield* currentIso
  const ago = (flag: string, given: Option.Option<string>) =>
    Option.match(given, {
      onNone: () => Effect.succeed(undefined),
      onSome: (span) => Effect.map(durationOf(flag, span), (before) => minus(now, before)),
    })
  return {
    kind: Option.getOrUndefined(kind),
    user: Option.getOrUndefined(user)?.replace(/^telegram_/, ""),
    before: yield* ago("older", older),
    after: yield* ago("younger", younger),
  } satisfies Wanted
})

const units = { s: Duration.seconds, m: Duration.minutes, h: Duration.hours, d: Duration.days } as const
const isUnit = (unit: string | undefined): unit is keyof typeof units => unit !== undefined && unit in units

export const durationOf = (flag: string, text: string): Effect.Effect<Duration.Duration, BadInput> => {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  return isUnit(unit)
    ? Effect.succeed(units[unit](Number(number)))
    : Effect.fail(new BadInput({ advice: `--${flag}: "${text}" is no span of time: write it like 30m, 12h or 3d` }))
}
