import { PassThrough } from "node:stream"
import { sure, typed } from "@concierge/cli/ask.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"

/** A terminal at which somebody types this; undefined: they end the input. */
const typing = (answer: string | undefined) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const before = Object.getOwnPropertyDescriptor(process, "stdin") ?? {}
      const terminal = Object.assign(new PassThrough(), { isTTY: true })
      Object.defineProperty(process, "stdin", { value: terminal, configurable: true })
      if (answer === undefined) terminal.end()
      else terminal.write(`${answer}\n`)
      const { write } = process.stderr
      const said: Array<string> = []
      process.stderr.write = (text) => {
        said.push(String(text))
        return true
      }
      return { before, said, write }
    }),
    ({ before, write }) =>
      Effect.sync(() => {
        process.stderr.write = write
        Object.defineProperty(process, "stdin", before)
      }),
  )

const nothing = { _tag: "BadInput", advice: "nothing was done" }

describe("a question before what cannot be undone", () => {
  it.effect.each([
    ["y", true],
    ["YES", true],
    ["", false],
    ["n", false],
    ["yeah", false],
    [undefined, false],
  ] as const)("answered with %j", ([answer, isDone]) =>
    Effect.gen(function* () {
      const { said } = yield* typing(answer)
      const asked = yield* Effect.result(sure("Go on?", false))
      assert.strictEqual(said[0], "Go on? [y/N] ")
      assert.deepInclude(asked._tag === "Failure" ? asked.failure : {}, isDone ? {} : nothing)
      assert.strictEqual(asked._tag, isDone ? "Success" : "Failure")
    }).pipe(Effect.scoped),
  )

  it.effect.each([
    ["telegram_7", true],
    ["y", false],
    ["telegram_8", false],
  ] as const)("of the worst, answered with %j", ([answer, isDone]) =>
    Effect.gen(function* () {
      const { said } = yield* typing(answer)
      const asked = yield* Effect.result(typed("All of it will be deleted.", "telegram_7", false))
      assert.include(said.join(""), "Type telegram_7 to go on: ")
      assert.strictEqual(asked._tag, isDone ? "Success" : "Failure")
    }).pipe(Effect.scoped),
  )

  it.effect("is none for scripts", () => sure("Go on?", true))
})
