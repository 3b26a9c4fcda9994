import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** On one machine nobody watches the metrics: what is counted can be read in the tables (`Stats`). */
export const layer: Layer.Layer<Metrics> = Layer.succeed(Metrics, Metrics.of({ count: () => Effect.void }))
