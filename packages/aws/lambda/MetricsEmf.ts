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
export class MetricsEmf extends Context.Service<
  MetricsEmf,
  {
    readonly flush: Effect.Effect<void>
    /** Goes with the next line. */
    readonly say: (beside: Beside) => void
  }
>()("@concierge/aws/lambda/MetricsEmf") {
  static readonly layer = ({ stage, write = toStdout }: Options): Layer.Layer<MetricsEmf | Metrics> =>
    Layer.effectContext(
      Effect.gen(function* () {
        const numbers = new Map<AnyMetric, number | Array<number>>()
        let said: Beside = {}
        const writeLine = (now: number): void => {
          if (numbers.size > 0) write(lineOf(stage, now, numbers, said))
          numbers.clear()
          said = {}
        }
        const flush = Effect.map(Clock.currentTimeMillis, writeLine)
        yield* Effect.addFinalizer(() => flush)
        const metrics = Metrics.of({
          count: (metric, by = 1) => Effect.sync(() => void numbers.set(metric, Number(numbers.get(metric) ?? 0) + by)),
          record: (metric, value) =>
            Effect.suspend(() => {
              const values = numbers.get(metric)
              if (!Array.isArray(values)) return Effect.sync(() => void numbers.set(metric, [value]))
              values.push(value)
              return values.length < mostValues ? Effect.void : flush
            }),
        })
        const say = (beside: Beside): void => {
          said = { ...said, ...beside }
        }
        return Context.make(MetricsEmf, MetricsEmf.of({ flush, say })).pipe(Context.add(Metrics, metrics))
      }),
    )
}

/** The format's own limit for the values of one metric in a line. */
const mostValues = 100

const lineOf = (
  stage: string,
  now: number,
  numbers: ReadonlyMap<AnyMetric, number | ReadonlyArray<number>>,
  beside: Beside,
): string =>
  JSON.stringify({
    ...beside,
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [["Stage"]],
          Metrics: [...numbers.keys()].map((name) => ({ Name: name, Unit: unitOf(name) })),
        },
      ],
    },
    Stage: stage,
    ...Object.fromEntries(numbers),
  })

/** Not `console.log`: Lambda wraps what goes through the console in JSON of its own, where no metric is found. */
const toStdout = (line: string): void => void process.stdout.write(`${line}\n`)
