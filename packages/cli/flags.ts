import * as Flag from "effect/cli/Flag"

/** Off, unless it is there. */
export const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

export const asJson = toggle("json", "JSON on stdout, and nothing else")

/** Anything, and none unless it is there. */
export const text = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)
