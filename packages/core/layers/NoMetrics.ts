import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Metrics } from "../services/Metrics.ts"

export const none = Metrics.of({ count: () => Effect.void, record: () => Effect.void })

/** Where nobody reads what is counted. */
export const layer = Layer.succeed(Metrics, none)
