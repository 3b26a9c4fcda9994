import * as Effect from "effect/Effect"
import { Found } from "../Found.ts"
import { bold, dim } from "../print/colour.ts"
import { fold } from "../print/fold.ts"
import { progress } from "../print/progress.ts"
import { json, out } from "../print/write.ts"
import type { Check, Verdict } from "./Check.ts"

/** How many at once: each is a process, or a request. */
const concurrency = 6

/** Takes all looks and says what they saw, in the checks' order. Fails when something is wrong. */
export const report = Effect.fnUntraced(function* <R>(checks: ReadonlyArray<Check<R>>, wantsJson: boolean) {
  const seen = yield* Effect.scoped(
    Effect.gen(function* () {
      const tell = yield* progress("checks")
      let done = 0
      return yield* Effect.forEach(
        checks,
        ({ look, name }) =>
          Effect.map(look, (verdict) => {
            tell(++done, checks.length)
            return { name, ...verdict }
          }),
        { concurrency },
      )
    }),
  )
  const faults = seen.filter(({ is }) => is === "wrong").length
  if (wantsJson) yield* json({ ok: faults === 0, checks: seen })
  else {
    yield* out(seen.map(lineOf).join("\n"))
    yield* out(
      faults === 0 ? "\nNothing is wrong." : `\n${faults} of ${seen.length} ${faults === 1 ? "is" : "are"} wrong.`,
    )
  }
  if (faults > 0) return yield* new Found()
})

const signs: Readonly<Record<Verdict["is"], string>> = { OK: "OK   ", wrong: "WRONG", note: "NOTE " }

/** The sign, coloured or not. */
const verdictStart = /^\S+ +/

/** Of one look, as a terminal shows it. */
export const lineOf = ({ name, ...verdict }: Verdict & { readonly name: string }): string => {
  const sign = verdict.is === "wrong" ? bold(signs.wrong) : signs[verdict.is]
  const mend = "mend" in verdict && verdict.mend !== undefined ? `\n${" ".repeat(6)}${dim("→")} ${verdict.mend}` : ""
  // What mends it is to be copied, and stays one line.
  return `${fold(`${sign} ${name}: ${verdict.says}`, verdictStart)}${mend}`
}
