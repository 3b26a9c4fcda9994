import { isDay } from "@concierge/core/Time.ts"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../BadInput.ts"

export const from = Flag.String("from").pipe(Flag.withDescription("First day, 2026-03-04"), Flag.optional)
export const to = Flag.String("to").pipe(Flag.withDescription("Last day, 2026-03-31"), Flag.optional)

/** A day of the calendar, in UTC as all days here. */
export const dayOf = (flag: string, text: Option.Option<string>, otherwise: string) =>
  Option.match(text, {
    onNone: () => Effect.succeed(otherwise),
    onSome: (day) =>
      isDay(day)
        ? Effect.succeed(day)
        : Effect.fail(new BadInput({ advice: `--${flag}: "${day}" is no day: write it like 2026-03-04` })),
  })

export const range = Effect.fnUntraced(function* (first: Option.Option<string>, last: Option.Option<string>) {
  const days = { from: yield* dayOf("from", first, "0000-01-01"), to: yield* dayOf("to", last, "9999-12-31") }
  if (days.from > days.to) {
    return yield* new BadInput({ advice: `--from ${days.from} is after --to ${days.to}: exchange them` })
  }
  return days
})
