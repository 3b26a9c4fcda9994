import * as Effect from "effect/Effect"
import { isColoured } from "../../print/colour.ts"

/** Readers need four modules of white around it; of a worn poster up to 15 in 100 may be gone. */
const options = { border: 4, ecc: "M" } as const

/** A reader needs dark modules on light. What is printed are the light ones, and a terminal may write dark on light. */
const whiteOnBlack = (line: string): string => (isColoured ? `\u001b[97;40m${line}\u001b[0m` : line)

/** For a terminal: what is printed is white, on black. */
export const terminalQr = Effect.fnUntraced(function* (url: string) {
  const { renderUnicodeCompact } = yield* Effect.promise(() => import("uqr"))
  return renderUnicodeCompact(url, options).split("\n").map(whiteOnBlack).join("\n")
})

export const svgQr = Effect.fnUntraced(function* (url: string) {
  const { renderSVG } = yield* Effect.promise(() => import("uqr"))
  return renderSVG(url, options)
})
