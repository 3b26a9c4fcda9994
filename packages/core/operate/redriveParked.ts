import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { UpdateQueue } from "../services/UpdateQueue.ts"
import { envelopeOf } from "../updates/Envelope.ts"
import { uuid } from "../uuid.ts"
import type { ParkedUpdate } from "./listParked.ts"

/**
 * Has a parked update worked again, by a worker that may understand it now. It stays parked until then, so that nothing
 * is lost if it does not. False: it is not even an update.
 */
export const redriveParked = Effect.fn("redriveParked")(function* ({
  json,
  parkedAt,
}: Pick<ParkedUpdate, "json" | "parkedAt">) {
  const queue = yield* UpdateQueue
  const envelope = envelopeOf(new TextEncoder().encode(json))
  if (Result.isFailure(envelope)) return false
  const { group, json: body, kind, updateId } = envelope.success
  const attributes = { updateId, kind, receivedAt: parkedAt, correlationId: yield* uuid, attempt: 0 }
  yield* queue.send({ body, group, attributes })
  return true
})
