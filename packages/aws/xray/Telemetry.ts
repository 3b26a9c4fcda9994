import { bounded } from "@concierge/core/observe/bounded.ts"
import * as spans from "@concierge/core/observe/spans.ts"
import { heardBy, type Listener } from "@concierge/core/observe/steps.ts"
import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { daemonAt } from "./daemon.ts"
import { documentsOf, type Subsegment, subsegmentOf } from "./subsegment.ts"
import { readTraceHeader, type TraceHeader } from "./TraceHeader.ts"

export interface Options {
  /** Where Lambda's daemon is; none outside of Lambda. */
  readonly daemon: string | undefined
  /** The trace that the invocation belongs to. */
  readonly trace: () => string | undefined
}

/** As a function's environment says it. The trace is another in each invocation. */
export const ofLambda: Options = {
  daemon: process.env.AWS_XRAY_DAEMON_ADDRESS,
  trace: () => process.env._X_AMZN_TRACE_ID,
}

/**
 * The programs' spans as subsegments of what Lambda itself tells X-Ray, of those traces alone that X-Ray keeps: of any other no
 * span is made for it, and nothing is sent.
 */
export const layer = ({ daemon: address, trace }: Options): Layer.Layer<never> => {
  const daemon = daemonAt(address ?? "")
  if (daemon === undefined) return Layer.empty
  const kept = (): TraceHeader | undefined => {
    const header = readTraceHeader(trace())
    return header?.isSampled === true ? header : undefined
  }
  const send = (whole: Subsegment, place: TraceHeader): void => documentsOf(whole, place).forEach(daemon.send)
  return Layer.effectContext(
    Effect.map(Tracer.Tracer, (tracer) =>
      Context.make(Telemetry, {
        get spans() {
          return kept() && spans
        },
        flush: daemon.flush,
      }).pipe(Context.add(Tracer.Tracer, recording(tracer, kept, send))),
    ),
  )
}

const recording = (
  tracer: Tracer.Tracer,
  kept: () => TraceHeader | undefined,
  send: (whole: Subsegment, place: TraceHeader) => void,
): Tracer.Tracer => {
  /** Of each span that is recorded the parts that have ended, and of an outermost one its place. */
  const parts = new WeakMap<Tracer.Span, Array<Subsegment>>()
  const places = new WeakMap<Tracer.Span, TraceHeader>()
  const ended: Listener = (span, endTime, exit) => {
    const place = places.get(span)
    const whole = subsegmentOf(span, endTime, exit, parts.get(span) ?? [], place !== undefined)
    if (place !== undefined) return send(whole, place)
    const parent = Option.getOrUndefined(span.parent)
    if (parent?._tag === "Span") parts.get(parent)?.push(whole)
  }
  const recorder = bounded(heardBy(tracer, ended))
  return Tracer.make({
    ...tracer,
    span: (options) => {
      const parent = Option.getOrUndefined(options.parent)
      const isPart = parent?._tag === "Span"
      const place = isPart ? undefined : kept()
      if (isPart ? !parts.has(parent) : place === undefined) return tracer.span(options)
      const span = recorder.span(options)
      parts.set(span, [])
      if (place !== undefined) places.set(span, place)
      return span
    },
  })
}
