import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import type { Context } from "aws-lambda"
import * as Cause from "effect/Cause"
import { ConfigError } from "effect/Config"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { writeLine } from "./logging.ts"
import { MetricsEmf } from "./MetricsEmf.ts"
import { problemOf } from "./read.ts"

interface Parts<A, E, R> {
  readonly layer: Layer.Layer<R | MetricsEmf, ConfigError>
  readonly program: (event: unknown, context: Context) => Effect.Effect<A, E, R | MetricsEmf>
  /** What the caller gets, or is thrown, when program or start failed. */
  readonly failed: () => A
}

/** What an invocation is known by in the log. The webhook's line has it beside the metrics, all others as annotations. */
interface About {
  readonly requestId: string
  readonly functionVersion: string
  readonly coldStart: boolean
}

/** A handler of Lambda's on one runtime a container. Here, and nowhere below, causes are caught. */
export const handlerOf = <A, E, R>({ failed, layer, program }: Parts<A, E, R>) => {
  let runtime: ManagedRuntime.ManagedRuntime<R | MetricsEmf, ConfigError> | undefined

  const run = async <B>(effect: Effect.Effect<B, E, R | MetricsEmf>, requestId?: string) => {
    runtime ??= ManagedRuntime.make(layer)
    const used = runtime
    const exit = await used.runPromiseExit(effect)
    if (Exit.isFailure(exit)) report(exit.cause, requestId)
    // A runtime keeps a failed start for good: the next invocation is to get a new one.
    if (used.cachedContext === undefined && runtime === used) {
      runtime = undefined
      await used.dispose()
    }
    return exit
  }

  // Begun while the container starts, which has the CPU for it, and says at once what is missing.
  const ready = run(Effect.void)
  let isCold = true
  process.once("SIGTERM", async () => {
    await runtime?.dispose()
    process.exit(0)
  })

  const handler = async (event: unknown, context: Context): Promise<A> => {
    const { awsRequestId: requestId, functionVersion } = context
    const about: About = { requestId, functionVersion, coldStart: isCold }
    isCold = false
    const begun = performance.now()
    const exit = await run(
      traced(
        about,
        Effect.suspend(() => program(event, context)),
      ).pipe(Effect.annotateLogs({ ...about }), Effect.ensuring(flushWith(about, begun))),
      requestId,
    )
    return Exit.isSuccess(exit) ? exit.value : failed()
  }
  // Where it is waited for, INIT ends with the connections open. It never rejects.
  return Object.assign(handler, { ready })
}

const flushWith = (about: About, begun: number) =>
  MetricsEmf.use((metrics) => {
    metrics.say({ ...about, durationMs: Math.round((performance.now() - begun) * 10) / 10 })
    // Before the answer: after it, the container is frozen.
    return Effect.andThen(
      metrics.flush,
      Effect.flatMap(Telemetry, ({ flush }) => flush),
    )
  })

/** The attributes that OpenTelemetry's conventions have for an invocation, where spans go anywhere. */
const traced = <A, E, R>({ coldStart, requestId }: About, program: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Telemetry, ({ spans }) =>
    spans ? Effect.annotateSpans(program, { "faas.invocation_id": requestId, "faas.coldstart": coldStart }) : program,
  )

const report = (cause: Cause.Cause<unknown>, requestId: string | undefined): void => {
  const error = Cause.squash(cause)
  writeLine({
    timestamp: new Date().toISOString(),
    level: "ERROR",
    ...(requestId !== undefined && { requestId }),
    ...(error instanceof ConfigError
      ? { message: problemOf(error) }
      : { message: "the function failed", cause: Cause.pretty(cause) }),
  })
}
