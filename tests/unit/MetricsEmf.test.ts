import { layer as emfLayer, MetricsEmf } from "@concierge/aws/lambda/MetricsEmf.ts"
import { type CountedMetric, type MeasuredMetric, metrics as units } from "@concierge/core/services/Metric.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"

/** Runs the program with metrics whose lines are kept. */
const written = <E>(program: Effect.Effect<void, E, Metrics | MetricsEmf>) => {
  const lines: Array<string> = []
  const layer = emfLayer({ stage: "prod", write: (line) => lines.push(line) })
  return Effect.as(Effect.provide(program, layer, { local: true }), lines)
}

const record = (metric: MeasuredMetric, value: number) => Metrics.use((metrics) => metrics.record(metric, value))
const count = (metric: CountedMetric, by?: number) => Metrics.use((metrics) => metrics.count(metric, by))
const flush = MetricsEmf.use((metrics) => metrics.flush())

describe("MetricsEmf", () => {
  it.effect("one line holds all that was counted, as CloudWatch's embedded metric format has it", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_795_176_000_000)
      const lines = yield* written(
        Effect.gen(function* () {
          yield* count("WorkerRecords", 10)
          yield* count("UpdatesApplied")
          yield* count("UpdatesApplied")
          yield* flush
        }),
      )
      assert.deepStrictEqual(
        lines.map((line) => JSON.parse(line)),
        [
          {
            _aws: {
              Timestamp: 1_795_176_000_000,
              CloudWatchMetrics: [
                {
                  Namespace: "Concierge",
                  Dimensions: [["Stage"]],
                  Metrics: [
                    { Name: "WorkerRecords", Unit: "Count" },
                    { Name: "UpdatesApplied", Unit: "Count" },
                  ],
                },
              ],
            },
            Stage: "prod",
            WorkerRecords: 10,
            UpdatesApplied: 2,
          },
        ],
      )
      assert.notInclude(lines[0], "\n")
    }),
  )

  it.effect("values keep their distribution, a hundred a line at most, as the format has it", () =>
    Effect.gen(function* () {
      const lines = yield* written(
        Effect.gen(function* () {
          for (let value = 0; value < 150; value++) yield* record("StartToVideo", value)
          yield* flush
        }),
      )
      const values = lines.map((line) => JSON.parse(line).StartToVideo)
      assert.deepStrictEqual(
        values.map(({ length }) => length),
        [100, 50],
      )
      const [{ Metrics: named }] = JSON.parse(lines[0] ?? "")._aws.CloudWatchMetrics
      assert.deepStrictEqual(named, [{ Name: "StartToVideo", Unit: "Milliseconds" }])
    }),
  )

  it.effect("says beside them what the invocation was about, and cannot be made to say other metrics by it", () =>
    Effect.gen(function* () {
      const [line = ""] = yield* written(
        MetricsEmf.use((metrics) => {
          const kind = "a\nb\u2028".repeat(16_384)
          const beside = { updateId: 7, Stage: "other", _aws: "none", UpdatesApplied: 9, kind }
          return Effect.andThen(count("UpdatesApplied"), metrics.flush(beside))
        }),
      )
      assert.deepInclude(JSON.parse(line), { updateId: 7, Stage: "prod", UpdatesApplied: 1 })
      assert.isObject(JSON.parse(line)._aws)
      assert.notMatch(line, /[\n\r]/)
    }),
  )

  it.effect("what was flushed is not counted again, and nothing makes no line", () =>
    Effect.gen(function* () {
      const lines = yield* written(
        Effect.gen(function* () {
          yield* flush
          yield* count("UpdatesApplied")
          yield* flush
          yield* flush
          yield* count("UpdatesIgnored")
          yield* flush
        }),
      )
      assert.strictEqual(lines.length, 2)
      assert.notProperty(JSON.parse(lines[1] ?? ""), "UpdatesApplied")
    }),
  )

  it.effect("what is left goes out when the container ends", () =>
    Effect.gen(function* () {
      const lines = yield* written(count("SendFailures"))
      assert.strictEqual(JSON.parse(lines[0] ?? "").SendFailures, 1)
    }),
  )

  it.effect("all metrics fit into one line of at most a hundred", () =>
    Effect.sync(() => assert.isTrue(Object.keys(units).length <= 100)),
  )
})
