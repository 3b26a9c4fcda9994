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

/** What was counted goes out in one line of CloudWatch's embedded metric format: no call, nothing to wait for. */
export class MetricsEmf extends Context.Service<MetricsEmf, { readonly flush: Effect.Effect<void> }>()(
  "@concierge/aws/lambda/MetricsEmf",
) {
  static readonly layer = ({ stage, write = toStdout }: Options): Layer.Layer<MetricsEmf | Metrics> =>
    Layer.effectContext(
      Effect.gen(function* () {
        const counted = new Map<AnyMetric, number>()
        const flush = Effect.map(Clock.currentTimeMillis, (now) => {
          if (counted.size === 0) return
          write(lineOf(stage, now, counted))
          counted.clear()
        })
        yield* Effect.addFinalizer(() => flush)
        const count = (metric: AnyMetric, by = 1): Effect.Effect<void> =>
          Effect.sync(() => void counted.set(metric, (counted.get(metric) ?? 0) + by))
        return Context.make(MetricsEmf, MetricsEmf.of({ flush })).pipe(Context.add(Metrics, Metrics.of({ count })))
      }),
    )
}

const lineOf = (stage: string, now: number, counted: ReadonlyMap<AnyMetric, number>): string =>
  JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [["Stage"]],
          Metrics: [...counted.keys()].map((name) => ({ Name: name, Unit: unitOf(name) })),
        },
      ],
    },
    Stage: stage,
    ...Object.fromEntries(counted),
  })

/** Not `console.log`: Lambda wraps what goes through the console in JSON of its own, where no metric is found. */
const toStdout = (line: string): void => void process.stdout.write(`${line}\n`)
