import { nameOfError } from "@concierge/core/observe/nameOfError.ts"
import { updateSpan } from "@concierge/core/observe/steps.ts"
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import type * as Tracer from "effect/Tracer"
import { rootOfTrace, type TraceHeader } from "./TraceHeader.ts"

/** What X-Ray is told of a span (docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html). Seconds since 1970. */
export interface Subsegment {
  readonly id: string
  readonly name: string
  readonly start_time: number
  readonly end_time: number
  readonly fault?: true
  readonly throttle?: true
  readonly error?: true
  readonly cause?: { readonly exceptions: ReadonlyArray<{ readonly id: string; readonly type: string }> }
  readonly annotations?: Readonly<Record<string, unknown>>
  readonly metadata?: { readonly default: Readonly<Record<string, unknown>> }
  readonly subsegments?: ReadonlyArray<Subsegment>
}

/** By these an update is found. X-Ray takes 50 of a trace, and a batch has ten updates: four of each at most, the request's trace with them. */
const annotated: Readonly<Record<string, string>> = {
  "concierge.updateId": "updateId",
  "messaging.message.conversation_id": "correlationId",
  "concierge.outcome": "outcome",
}

/** What else is told. X-Ray keeps it for 30 days, longer than the log: nothing here says who somebody is. */
const told = /^(?:messaging\.|concierge\.(?:kind|action|step|language|reason|method|result)$)/

/** Of the invocation: every span has it, and the outermost says it. */
const ofInvocation = /^faas\./

/** Of a span that has ended, and of those within it. */
export const subsegmentOf = (
  span: Tracer.Span,
  endTime: bigint,
  exit: Exit.Exit<unknown, unknown>,
  parts: ReadonlyArray<Subsegment>,
  isOutermost: boolean,
): Subsegment => {
  const attributes = [...span.attributes]
  const isUpdate = span.name === updateSpan
  const annotations = isUpdate
    ? [...attributes.flatMap(([key, value]) => (key in annotated ? [[annotated[key], value]] : [])), ...requestOf(span)]
    : []
  const metadata = attributes.filter(
    ([key]) => !(key in annotated) && (told.test(key) || (isOutermost && ofInvocation.test(key))),
  )
  return {
    id: span.spanId,
    name: span.name,
    start_time: secondsOf(span.status.startTime),
    end_time: secondsOf(endTime),
    ...failureOf(span, exit),
    ...(annotations.length > 0 && { annotations: Object.fromEntries(annotations) }),
    ...(metadata.length > 0 && { metadata: { default: Object.fromEntries(metadata) } }),
    ...(parts.length > 0 && { subsegments: parts }),
  }
}

/** The trace of the request that an update came with, where X-Ray keeps it. */
const requestOf = ({ links: [link] }: Tracer.Span) =>
  link?.span.sampled !== true ? [] : [["webhookTrace", rootOfTrace(link.span.traceId)]]

const secondsOf = (nanos: bigint): number => Number(nanos / 1_000n) / 1e6

/** By its name alone: what an error says may quote what somebody wrote. */
const failureOf = (span: Tracer.Span, exit: Exit.Exit<unknown, unknown>) => {
  if (Exit.isSuccess(exit)) return {}
  const type = Cause.hasInterruptsOnly(exit.cause) ? "Interrupted" : nameOfError(Cause.squash(exit.cause))
  const kind = type.endsWith(".RateLimited") ? ({ error: true, throttle: true } as const) : ({ fault: true } as const)
  return { ...kind, cause: { exceptions: [{ id: span.spanId, type }] } }
}

/** Bytes of a document: X-Ray takes 64 KB, and a datagram 65,507 with its header. */
export const mostBytes = 65_000

/** The documents of a whole: one as a rule; what is larger goes part by part, each saying whose part it is. */
export const documentsOf = (whole: Subsegment, { parent, root }: TraceHeader): ReadonlyArray<string> => {
  const place = { trace_id: root, parent_id: parent, type: "subsegment" }
  const document = JSON.stringify({ ...whole, ...place })
  const { subsegments = [], ...alone } = whole
  if (subsegments.length === 0 || Buffer.byteLength(document) <= mostBytes) return [document]
  const within = { root, parent: whole.id, isSampled: true }
  return [JSON.stringify({ ...alone, ...place }), ...subsegments.flatMap((part) => documentsOf(part, within))]
}
