import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import type { Context } from "aws-lambda"
import * as Cause from "effect/Cause"
import { ConfigError } from "effect/Config"
import * as Services from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { CurrentLogAnnotations } from "effect/References"
import { writeLine } from "./logging.ts"
import { type Beside, MetricsEmf } from "./MetricsEmf.ts"
import { problemOf } from "./read.ts"

interface Parts<A, E, R> {
  readonly layer: Layer.Layer<R | MetricsEmf, ConfigError>
  /** What it has to say goes into the line of metrics. */
  readonly program: (event: unknown, context: Context, say: (beside: Beside) => void) => Effect.Effect<A, E, R>
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

  const start = async (requestId?: string) => {
    runtime ??= ManagedRuntime.make(layer)
    const used = runtime
    const exit = await used.runPromiseExit(Effect.void)
    if (Exit.isSuccess(exit)) return used.cachedContext
    report(exit.cause, requestId)
    // A runtime keeps a failed start for good: the next invocation is to get a new one.
    if (runtime === used) runtime = undefined
    await used.dispose()
    return undefined
  }

  // Begun while the container starts, which has the CPU for it, and says at once what is missing.
  const ready = start()
  let isCold = true
  process.once("SIGTERM", async () => {
    await runtime?.dispose()
    process.exit(0)
  })

  const handler = async (event: unknown, context: Context): Promise<A> => {
    const { awsRequestId: requestId, functionVersion } = context
    const about: About = { requestId, functionVersion, coldStart: isCold }
    isCold = false
    // Not `performance`, for which Node loads modules of 3 ms.
    const begun = process.hrtime.bigint()
    const services = runtime?.cachedContext ?? (await start(requestId))
    if (services === undefined) return failed()
    const { flush, spans } = Services.get(services, Telemetry)
    const metrics = Services.get(services, MetricsEmf)
    const said: Record<string, Beside[string]> = { ...about }
    const say = (beside: Beside): void => void Object.assign(said, beside)
    const worked = Effect.suspend(() => program(event, context, say))
    // Before the answer: after it, the container is frozen.
    const whole = Effect.onExit(spans ? traced(about, worked) : worked, () => {
      said.durationMs = Math.round(Number(process.hrtime.bigint() - begun) / 1e5) / 10
      return Effect.andThen(metrics.flush(said), flush)
    })
    // Annotated where it begins: to change a running fiber's services and back is dear.
    const annotated = Services.add(services, CurrentLogAnnotations, { ...about })
    const exit = await Effect.runPromiseExitWith(annotated)(whole)
    if (Exit.isSuccess(exit)) return exit.value
    report(exit.cause, requestId)
    return failed()
  }
  // Where it is waited for, INIT ends with the connections open. It never rejects.
  return Object.assign(handler, { ready })
}

/** The attributes that OpenTelemetry's conventions have for an invocation, where spans go anywhere. */
const traced = <A, E, R>({ coldStart, requestId }: About, program: Effect.Effect<A, E, R>) =>
  Effect.annotateSpans(program, { "faas.invocation_id": requestId, "faas.coldstart": coldStart })

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
