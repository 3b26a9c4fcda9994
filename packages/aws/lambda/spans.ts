import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { writeLine } from "./logging.ts"

/** When debugging, a line for each step of an update, by the name it has in a trace, with the time that it took. */
export const spansLayer = (level: LogLevel.LogLevel): Layer.Layer<never> =>
  level === "Debug" || level === "Trace" || level === "All" ? logged : Layer.empty

class LoggedSpan extends Tracer.NativeSpan {
  override end(endTime: bigint, exit: Exit.Exit<unknown, unknown>): void {
    super.end(endTime, exit)
    const { updateId, chat } = updateOf(this)
    if (updateId === undefined) return
    writeLine({
      timestamp: new Date(Number(this.startTime / 1_000_000n)).toISOString(),
      level: "DEBUG",
      message: "span",
      name: this.name,
      millis: Number(endTime - this.startTime) / 1e6,
      ok: Exit.isSuccess(exit),
      updateId,
      chat,
    })
  }
}

const logged = Layer.succeed(Tracer.Tracer, Tracer.make({ span: (options) => new LoggedSpan(options) }))

/** What the nearest span around that concerns one update says of it. */
const updateOf = (span: Tracer.Span): Readonly<Record<"updateId" | "chat", unknown>> => {
  const [updateId, chat] = [span.attributes.get("updateId"), span.attributes.get("chat")]
  if (updateId !== undefined) return { updateId, chat }
  const parent = Option.getOrUndefined(span.parent)
  return parent?._tag === "Span" ? updateOf(parent) : { updateId, chat }
}
