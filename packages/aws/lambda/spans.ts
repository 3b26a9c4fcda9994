import { heardBy, keepSteps, type Listener, rootOf } from "@concierge/core/observe/steps.ts"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as LogLevel from "effect/LogLevel"
import * as Tracer from "effect/Tracer"
import { writeLine } from "./logging.ts"

/** Hears of what the tracer there is makes: keeps the calls of each update for its line; when debugging, also a line for each of them as it ends. */
export const spansLayer = (level: LogLevel.LogLevel): Layer.Layer<never> => {
  const isDebug = level === "Debug" || level === "Trace" || level === "All"
  const listeners = [keepSteps, ...(isDebug ? [writeSpan] : [])]
  return Layer.effect(
    Tracer.Tracer,
    Effect.map(Tracer.Tracer, (tracer) => heardBy(tracer, ...listeners)),
  )
}

const writeSpan: Listener = (span, endTime, exit) => {
  const { attributes } = rootOf(span)
  if (!attributes.has("updateId")) return
  writeLine({
    timestamp: new Date(Number(span.status.startTime / 1_000_000n)).toISOString(),
    level: "DEBUG",
    message: "span",
    name: span.name,
    millis: Number(endTime - span.status.startTime) / 1e6,
    ok: Exit.isSuccess(exit),
    updateId: attributes.get("updateId"),
    chat: attributes.get("chat"),
  })
}
