import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { makeFunction } from "../../packages/local/aws/lambda/LambdaFunction.ts"

const Answer = Schema.Struct({
  invocations: Schema.Int,
  pid: Schema.Int,
  remaining: Schema.Finite,
  stage: Schema.String,
  home: Schema.optionalKey(Schema.String),
})

/** A function of two containers at most, and the lines that it writes. */
const lambda = (timeout = 30_000) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    const { invoke } = yield* makeFunction({
      name: "test",
      bundle: fileURLToPath(new URL("./fixtures/lambdaHandler.ts", import.meta.url)),
      environment: { STAGE: "test" },
      timeout,
      concurrency: 2,
      log: (line) => void lines.push(line),
    })
    const answer = Effect.flatMap(invoke({ do: "answer" }), (result) => Schema.decodeUnknownEffect(Answer)(result))
    const failure = (what: string) => Effect.map(Effect.flip(invoke({ do: what })), ({ message }) => message)
    return { answer, failure, lines }
  })

describe("LambdaFunction", () => {
  it.live("a container is used again, with nothing of our own environment in it", () =>
    Effect.gen(function* () {
      const { answer } = yield* lambda()
      const [first, second] = [yield* answer, yield* answer]
      assert.deepStrictEqual([first.invocations, second.invocations], [1, 2])
      assert.strictEqual(first.pid, second.pid)
      assert.deepStrictEqual([first.stage, first.home], ["test", undefined])
      assert.isTrue(first.remaining > 20_000 && first.remaining <= 30_000)
    }),
  )

  it.live("invocations at the same time get containers of their own, up to the limit", () =>
    Effect.gen(function* () {
      const { answer } = yield* lambda()
      const answers = yield* Effect.all([answer, answer, answer, answer], { concurrency: 4 })
      assert.strictEqual(new Set(answers.map(({ pid }) => pid)).size, 2)
    }),
  )

  it.live("a function that throws keeps its container, one that dies gets a new one", () =>
    Effect.gen(function* () {
      const { answer, failure } = yield* lambda()
      assert.strictEqual(yield* failure("throw"), "Error: told to")
      const before = yield* answer
      assert.strictEqual(before.invocations, 2)
      assert.include(yield* failure("exit"), "ended: 3")
      assert.notStrictEqual((yield* answer).pid, before.pid)
    }),
  )

  it.live("a function whose time is up is killed", () =>
    Effect.gen(function* () {
      const { answer, failure } = yield* lambda(500)
      const before = yield* answer
      assert.strictEqual(yield* failure("hang"), "test took more than 500 ms")
      assert.notStrictEqual((yield* answer).pid, before.pid)
    }),
  )

  it.live("containers are told to end, and may tidy up", () =>
    Effect.gen(function* () {
      const lines = yield* Effect.scoped(
        Effect.gen(function* () {
          const { answer, lines } = yield* lambda()
          yield* answer
          return lines
        }),
      )
      assert.deepStrictEqual(lines, ["invocation 1", "disposed"])
    }),
  )
})
