import * as Effect from "effect/Effect"
import { DeadLetters } from "../services/DeadLetters.ts"
import { UpdateQueue } from "../services/UpdateQueue.ts"
import { freshCopy } from "./freshCopy.ts"
import type { DeadUpdate } from "./listDead.ts"

export type Redriven = "redriven" | "done already" | "not ours"

/**
 * Gives a dead update another chance. What has ended meanwhile is only taken away; what is no update of ours is left for
 * somebody to look at. The copy is sent before the letter goes: in between, dying makes a repeat and never a loss.
 */
export const redriveDead = Effect.fn("redriveDead")(function* ({
  eventId,
  id,
  outcome,
  update,
}: Omit<DeadUpdate, "reason">) {
  const deadLetters = yield* DeadLetters
  const queue = yield* UpdateQueue
  if (eventId === undefined) return "not ours" satisfies Redriven
  const isDone = outcome !== undefined && outcome !== "parked"
  if (!isDone) yield* queue.send(freshCopy(update))
  yield* deadLetters.remove(id)
  return isDone ? ("done already" satisfies Redriven) : ("redriven" satisfies Redriven)
})
