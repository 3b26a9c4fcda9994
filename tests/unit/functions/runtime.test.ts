import { loggingLayer } from "@concierge/aws/lambda/logging.ts"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { assert, describe, it, vi } from "@effect/vitest"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { handlerOf } from "../../../packages/aws/lambda/handlerOf.ts"
import { context } from "../../fixtures/aws/context.ts"

class Needed extends Context.Service<Needed, string>()("@concierge/tests/Needed") {}

/** A handler that answers with what it needs, from layers whose start is as given. */
const container = (start: Effect.Effect<string, Config.ConfigError>) => {
  const layer = Layer.effect(Needed, start).pipe(
    Layer.merge(MetricsEmf.layer({ stage: "test" })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({}))),
  )
  return handlerOf({ layer, program: () => Needed.use(Effect.succeed), failed: () => "failed" })
}

const missing = Config.String("UsersTable")

/** What reaches standard output until the next turn of the event loop but one. */
const written = (run: () => Promise<unknown>) =>
  Effect.promise(async () => {
    const lines: Array<string> = []
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0)
    await run()
    await turn()
    await turn()
    spy.mockRestore()
    return lines
  })

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe("runtime", () => {
  it.effect("what is missing is named in one line when the container starts, before any invocation", () =>
    Effect.gen(function* () {
      const lines = yield* written(async () => container(missing))
      assert.strictEqual(lines.length, 1)
      assert.match(lines[0] ?? "", /^[^\n]+\n$/)
      const { message, level, timestamp } = JSON.parse(lines[0] ?? "")
      assert.strictEqual(level, "ERROR")
      assert.match(message, /^configuration: UsersTable is missing/)
      assert.isFalse(Number.isNaN(Date.parse(timestamp)))
    }),
  )

  it.effect("an invocation that cannot be begun gets the answer for failures, and its line names it", () =>
    Effect.gen(function* () {
      const lines = yield* written(async () => {
        const handler = container(missing)
        await turn()
        assert.strictEqual(await handler({}, context), "failed")
      })
      assert.strictEqual(JSON.parse(lines[1] ?? "").requestId, context.awsRequestId)
    }),
  )

  it.effect("a start that failed is made again, so that one bad moment does not spoil the container", () =>
    Effect.gen(function* () {
      let starts = 0
      const start = Effect.suspend(() => (++starts < 3 ? missing : Effect.succeed("well")))
      yield* written(async () => {
        const handler = container(start)
        await turn()
        assert.deepStrictEqual([await handler({}, context), await handler({}, context)], ["failed", "well"])
      })
    }),
  )

  it.effect("whatever an invocation logs names it", () =>
    Effect.gen(function* () {
      const lines = yield* written(async () => {
        const layer = Layer.merge(MetricsEmf.layer({ stage: "test" }), loggingLayer("Info"))
        const handler = handlerOf({ layer, program: () => Effect.logInfo("hm"), failed: () => undefined })
        await handler({}, context)
        await handler({}, context)
      })
      const { awsRequestId: requestId, functionVersion } = context
      assert.deepStrictEqual(
        lines.map((line) => JSON.parse(line)).map(({ timestamp: _, ...line }) => line),
        [true, false].map((coldStart) => ({ level: "INFO", message: "hm", requestId, functionVersion, coldStart })),
      )
    }),
  )

  it.effect("what started well is started once", () =>
    Effect.gen(function* () {
      let starts = 0
      const handler = container(Effect.sync(() => `start ${++starts}`))
      const answers = yield* Effect.promise(() => Promise.all([handler({}, context), handler({}, context)]))
      assert.deepStrictEqual(answers, ["start 1", "start 1"])
    }),
  )
})
