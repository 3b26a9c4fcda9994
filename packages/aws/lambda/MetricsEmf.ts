import { type AnyMetric, namespace, unitOf } from "@concierge/core/services/Metric.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export interface Options {
  /** The one dimension. */
  readonly stage: string
  /** Takes a line; the process's standard output unless given. */
  readonly write?: (line: string) => void
}

/** What a line of metrics says beside them: fields of the log, by which it is found and which make no metric of their own. */
export type Beside = Readonly<Record<string, string | number | boolean>>

/**
 * What was counted goes out in one line of CloudWatch's embedded metric format: no call, nothing to wait for. The line is
 * one of the log as well, so that the webhook, whose CPU is dear, writes no other.
 */
export class MetricsEmf extends Context.Service<MetricsEmf, { flush(beside?: Beside): Effect.Effect<void> }>()(
  "@concierge/aws/lambda/MetricsEmf",
) {}

export const layer = ({ stage, write = toStdout }: Options): Layer.Layer<MetricsEmf | Metrics> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const numbers = new Map<AnyMetric, number | Array<number>>()
      const described = makeDescribed()
      const flush = (beside: Beside = {}) =>
        Clock.clockWith((clock) => {
          if (numbers.size === 0) return Effect.void
          write(lineOf(stage, clock.currentTimeMillisUnsafe(), described(numbers.keys()), numbers, beside))
          numbers.clear()
          return Effect.void
        })
      yield* Effect.addFinalizer(() => flush())
      const metrics = Metrics.of({
        count: (metric, by = 1) => Effect.sync(() => void numbers.set(metric, Number(numbers.get(metric) ?? 0) + by)),
        record: (metric, value) =>
          Effect.suspend(() => {
            const values = numbers.get(metric)
            if (!Array.isArray(values)) return Effect.sync(() => void numbers.set(metric, [value]))
            values.push(value)
            return values.length < mostValues ? Effect.void : flush()
          }),
      })
      return Context.make(MetricsEmf, MetricsEmf.of({ flush })).pipe(Context.add(Metrics, metrics))
    }),
  )

/** The format's own limit for the values of one metric in a line. */
const mostValues = 100

/** The format's description of the metrics in a line. Kept by their names: a container has a few lines, again and again. */
const makeDescribed = () => {
  const known = new Map<string, string>()
  return (names: Iterable<AnyMetric>): string => {
    const all = [...names]
    const key = all.join()
    const found = known.get(key)
    if (found !== undefined) return found
    const described = JSON.stringify([
      {
        Namespace: namespace,
        Dimensions: [["Stage"]],
        Metrics: all.map((name) => ({ Name: name, Unit: unitOf(name) })),
      },
    ])
    known.set(key, described)
    return described
  }
}

/** What is beside the metrics cannot take the place of one. */
const lineOf = (
  stage: string,
  now: number,
  described: string,
  numbers: ReadonlyMap<AnyMetric, number | ReadonlyArray<number>>,
  beside: Beside,
): string => {
  const said: Record<string, unknown> = { ...beside, Stage: stage, _aws: undefined }
  for (const [name, value] of numbers) said[name] = value
  return `${JSON.stringify(said).slice(0, -1)},"_aws":{"Timestamp":${now},"CloudWatchMetrics":${described}}}`
}

/** Not `console.log`: Lambda wraps what goes through the console in JSON of its own, where no metric is found. */
const toStdout = (line: string): void => void process.stdout.write(`${line}\n`)
