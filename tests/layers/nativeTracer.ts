import * as Tracer from "effect/Tracer"

/** Effect's own: spans are kept in memory until they end, and told to nobody. */
export const native: Tracer.Tracer = Tracer.make({ span: (options) => new Tracer.NativeSpan(options) })
