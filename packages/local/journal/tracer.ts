import { heardBy, keepSteps, type Listener, rootOf } from "@concierge/core/observe/steps.ts"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Tracer from "effect/Tracer"
import { type Entry, Journal } from "./Journal.ts"

/**
 * The programs already say what they do, in spans: this tracer writes those of one update into the journal, and keeps
 * them for its line in the log. Spans of HTTP requests say nothing more about it and would cost as much as the rest of a
 * webhook's request.
 */
export const tracerLayer: Layer.Layer<never, never, Journal> = Layer.mergeAll(
  Layer.effect(
    Tracer.Tracer,
    Effect.zipWith(Journal, Tracer.Tracer, ({ add }, tracer) => heardBy(tracer, keepSteps, entered(add))),
  ),
  Layer.succeed(HttpMiddleware.TracerDisabledWhen, () => true),
  Layer.succeed(HttpClient.TracerDisabledWhen, () => true),
)

const entered =
  (add: (entry: Entry) => void): Listener =>
  (span, endTime, exit) => {
    const root = rootOf(span)
    const updateId = root.attributes.get("updateId")
    const chat = root.attributes.get("chat")
    if (typeof updateId !== "number" || typeof chat !== "string") return
    const { startTime } = span.status
    add({
      updateId,
      chat,
      at: new Date(Number(startTime / 1_000_000n)).toISOString(),
      what: span.name,
      millis: Number(endTime - startTime) / 1e6,
      ok: Exit.isSuccess(exit),
      ...whyNot(exit),
    })
  }

const Reason = Schema.Struct({
  _tag: Schema.String,
  /** Seconds. */
  retryAfter: Schema.optionalKey(Schema.Finite),
  status: Schema.optionalKey(Schema.Int),
})
const decodeFailure = Schema.decodeUnknownOption(Schema.Struct({ reason: Reason }))

/** By the name that the failure has: what it says of itself may name a person. */
const whyNot = (exit: Exit.Exit<unknown, unknown>): Pick<Entry, "detail"> => {
  if (Exit.isSuccess(exit)) return {}
  if (Cause.hasInterruptsOnly(exit.cause)) return { detail: "Interrupted" }
  const failure = decodeFailure(Cause.squash(exit.cause))
  if (Option.isNone(failure)) return {}
  const { _tag, retryAfter, status } = failure.value.reason
  return { detail: [_tag, retryAfter ?? status].filter((part) => part !== undefined).join(" ") }
}
