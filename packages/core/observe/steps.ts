import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"

/** A call to a service: its span's name, when it began after the update's span did, its duration (ms); `false`: it failed. */
export type TimedCall = readonly [name: string, from: number, millis: number, ok?: false]

/** Hears of each span when it has ended. */
export type Listener = (span: Tracer.Span, endTime: bigint, exit: Exit.Exit<unknown, unknown>) => void

/** Spans as the tracer makes them, with others told of their ends. */
export const heardBy = (tracer: Tracer.Tracer, ...listeners: ReadonlyArray<Listener>): Tracer.Tracer =>
  Tracer.make({
    ...tracer,
    span: (options) => {
      const span = tracer.span(options)
      const end = span.end.bind(span)
      span.end = (endTime, exit) => {
        end(endTime, exit)
        for (const listener of listeners) listener(span, endTime, exit)
      }
      return span
    },
  })

/** The span around everything that concerns one update. A batch is worked under one span, and begins above it. */
export const updateSpan = "processUpdate"

export const rootOf = (span: Tracer.Span): Tracer.Span => {
  const parent = Option.getOrUndefined(span.parent)
  return parent?._tag !== "Span" || span.name === updateSpan ? span : rootOf(parent)
}

const steps = new WeakMap<Tracer.Span, Array<TimedCall>>()

/** Enough for every update; one that goes on and on does not fill the log. */
const most = 40

/** Keeps the calls of an update with its span, for its line in the log. */
export const keepSteps: Listener = (span, endTime, exit) => {
  const root = rootOf(span)
  if (root === span || root.name !== updateSpan) return
  const kept = steps.get(root) ?? []
  if (kept.length === 0) steps.set(root, kept)
  if (kept.length >= most) return
  const { startTime } = span.status
  const begun = [millis(startTime - root.status.startTime), millis(endTime - startTime)] as const
  kept.push(Exit.isSuccess(exit) ? [span.name, ...begun] : [span.name, ...begun, false])
}

export const stepsOf = (span: Tracer.Span | undefined): ReadonlyArray<TimedCall> =>
  (span && steps.get(span))?.toSorted(([, one], [, other]) => one - other) ?? []

/** To a tenth. */
const millis = (nanos: bigint): number => Math.round(Number(nanos) / 1e5) / 10
