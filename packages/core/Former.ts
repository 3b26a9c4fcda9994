import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type Iso, iso } from "./Time.ts"

/** A secret that was replaced, and the moment from which it counts no more. */
export interface Former {
  readonly value: Redacted.Redacted<string>
  readonly until: Iso
}

/** As it is handed over: `<secret>@<moment>`. What is not of this form is refused where it is read. */
export const FormerText = Schema.NonEmptyString.check(
  Schema.isPattern(/^[^@]+@\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
)

export const formerOf = (text: Redacted.Redacted<string>): Former => {
  const [value = "", until = ""] = Redacted.value(text).split("@")
  return { value: Redacted.make(value), until: iso(until) }
}

export const formerText = ({ until, value }: Former): string => `${Redacted.value(value)}@${until}`
