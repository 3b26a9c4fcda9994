// In the place of `withTelemetry`: the spans at the doors and the calls as X-Ray's subsegments, to see what they would cost.
import { createSocket } from "node:dgram"
import { bounded } from "@concierge/core/observe/bounded.ts"
import * as spans from "@concierge/core/observe/spans.ts"
import { heardBy, type Listener } from "@concierge/core/observe/steps.ts"
import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"

/** As the daemon takes it: a line that says the format, and the document. */
const header = '{"format": "json", "version": 1}\n'

/** Of a document (docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html). A bigger one goes without what it holds. */
export const mostBytes = 64 * 1_024

interface Subsegment {
  readonly id: string
  readonly name: string
  readonly start_time: number
  readonly end_time: number
  readonly fault?: true
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly subsegments?: ReadonlyArray<Subsegment>
}

const held = new WeakMap<Tracer.Span, Array<Subsegment>>()

const ended = (span: Tracer.Span, endTime: bigint, exit: Exit.Exit<unknown, unknown>): Subsegment => {
  const subsegments = held.get(span)
  return {
    id: span.spanId,
    name: span.name,
    start_time: Number(span.status.startTime) / 1e9,
    end_time: Number(endTime) / 1e9,
    ...(Exit.isFailure(exit) && { fault: true }),
    ...(span.attributes.size > 0 && { metadata: Object.fromEntries(span.attributes) }),
    ...(subsegments && { subsegments }),
  }
}

/** What the daemon is sent of a whole. */
export const documentOf = (whole: Subsegment, trace: string): string => {
  const [, root = "", parent = ""] = /Root=([^;]+);Parent=([^;]+)/.exec(trace) ?? []
  const about = { trace_id: root, parent_id: parent, type: "subsegment" }
  const text = header + JSON.stringify({ ...whole, ...about })
  if (Buffer.byteLength(text) <= mostBytes) return text
  const { subsegments: _, ...alone } = whole
  return header + JSON.stringify({ ...alone, ...about })
}

/** The runtime of a function says in its environment where the daemon is, and before each invocation which trace it is in. */
const listener = (): Listener => {
  const [host = "", port = ""] = (process.env.AWS_XRAY_DAEMON_ADDRESS ?? "127.0.0.1:2000").split(":")
  const socket = createSocket("udp4").unref()
  return (span, endTime, exit) => {
    const subsegment = ended(span, endTime, exit)
    const parent = Option.getOrUndefined(span.parent)
    if (parent?._tag === "Span") {
      const siblings = held.get(parent)
      if (siblings === undefined) held.set(parent, [subsegment])
      else siblings.push(subsegment)
    } else socket.send(documentOf(subsegment, process.env._X_AMZN_TRACE_ID ?? ""), Number(port), host)
  }
}

export const withTelemetry = <A, E, R>(watched: Layer.Layer<A, E, R>) =>
  Layer.effectContext(
    Effect.map(Tracer.Tracer, (tracer) =>
      Context.make(Telemetry, { spans, flush: Effect.void }).pipe(
        Context.add(Tracer.Tracer, bounded(heardBy(tracer, listener()))),
      ),
    ),
  ).pipe(Layer.provideMerge(watched))
