import type { Link } from "@concierge/core/attribution/Link.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { dayOf } from "../dates.ts"
import type { Says } from "./flags.ts"

/** What is said of a link; a value of "" takes it away. */
export const saidOf = Effect.fnUntraced(function* ({ ref, until, ...utm }: Says, before: Partial<Link> = {}) {
  const last = yield* dayOf(
    "until",
    Option.filter(until, (day) => day !== ""),
    "",
  )
  const named = Object.fromEntries(
    Object.entries({ ...before.utm, ...Object.fromEntries(Object.entries(utm).flatMap(given)) }).filter(
      ([, value]) => value !== "",
    ),
  )
  const code = Option.getOrElse(ref, () => before.ref_code ?? "")
  const end = last === "" ? (Option.isSome(until) ? undefined : before.expiresAt) : iso(`${last}T23:59:59.999Z`)
  return {
    ...(Object.keys(named).length > 0 && { utm: named }),
    ...(code !== "" && { ref_code: code }),
    ...(end !== undefined && { expiresAt: end }),
  }
})

const given = ([name, value]: readonly [string, Option.Option<string>]) =>
  Option.isSome(value) ? [[name, value.value.trim()] as const] : []
