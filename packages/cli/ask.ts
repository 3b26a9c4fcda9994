import { createInterface } from "node:readline/promises"
import * as Effect from "effect/Effect"
import { BadInput } from "./BadInput.ts"
import { toggle } from "./flags.ts"

/** For scripts: nobody is asked. */
export const yes = toggle("yes", "Do it without asking")

/** Before what cannot be undone. Fails unless the answer is yes. */
export const sure = (what: string, isSaid: boolean): Effect.Effect<void, BadInput> =>
  isSaid ? Effect.void : ask(`${what} [y/N] `, (answer) => /^y(es)?$/i.test(answer))

/** Before the worst: its name must be typed. */
export const typed = (what: string, name: string, isSaid: boolean): Effect.Effect<void, BadInput> =>
  isSaid ? Effect.void : ask(`${what} Type ${name} to go on: `, (answer) => answer === name)

/** On stderr: stdout is for the result alone. */
const ask = Effect.fnUntraced(function* (question: string, isGood: (answer: string) => boolean) {
  if (!process.stdin.isTTY) {
    return yield* new BadInput({ advice: "this cannot be undone and there is no terminal to ask on: say --yes" })
  }
  const answer = yield* Effect.tryPromise({
    try: async (signal) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr })
      // Where the input ends, nobody will answer any more.
      const ended = new Promise<never>((_, reject) => lines.once("close", () => reject(new Error("the input ended"))))
      try {
        return (await Promise.race([lines.question(question, { signal }), ended])).trim()
      } finally {
        lines.close()
      }
    },
    catch: () => new BadInput({ advice: "nothing was done" }),
  })
  if (!isGood(answer)) return yield* new BadInput({ advice: "nothing was done" })
})
