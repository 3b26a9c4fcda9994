import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Metrics } from "../services/Metrics.ts"
import { Pace } from "../services/Pace.ts"
import { isOfTaps } from "../services/UpdateQueue.ts"
import type { QueueRecord } from "./batch.ts"
import { deadline, lastTurn } from "./times.ts"

/**
 * Whoever has worked newcomers takes no more while those in others' hands have to wait for long: who is taken and not served
 * in time comes again behind everybody in the queue. It costs nothing that waiting in hand would not.
 */
export const untilRoom = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  timeLeft: Effect.Effect<Duration.Duration>,
) {
  if (records.every(({ update }) => isOfTaps(update.attributes))) return
  const pace = yield* Pace
  const patience = Duration.subtract(yield* timeLeft, Duration.subtract(deadline, lastTurn))
  const [waited] = yield* Effect.timed(Effect.timeoutOption(pace.room, patience))
  const millis = Duration.toMillis(waited)
  if (millis >= 1) yield* (yield* Metrics).record("LimitWaits", millis)
})
