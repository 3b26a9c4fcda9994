import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { Metrics } from "../services/Metrics.ts"
import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import { currentIso, type Iso, millisBetween, minus, plus } from "../Time.ts"
import { type Invocation, TooLate } from "./Invocation.ts"
import { deadline } from "./times.ts"
import { processUpdate } from "./update.ts"

export interface QueueRecord {
  /** By which the queue knows the message. */
  readonly id: string
  readonly update: QueuedUpdate
}

export interface BatchOptions {
  /** Until the runtime ends this invocation; our own deadline where it does not say. */
  readonly timeLeft?: Duration.Duration
}

/** A record that has not ended by then is handed back while there is still somebody to do so. */
const recordDeadline = Duration.subtract(deadline, Duration.millis(1_500))

/**
 * Works the records of one invocation: different people's side by side, one person's in order of arrival. Returns the
 * ids of those to be received again; whatever happens to one record, the others are not worked twice for it.
 */
export const processBatch = Effect.fn("processBatch")(function* (
  records: ReadonlyArray<QueueRecord>,
  { timeLeft = deadline }: BatchOptions = {},
) {
  const metrics = yield* Metrics
  // With less time than the deadline it counts as so much older; more would outlive the lock on a person.
  const startedAt = minus(yield* currentIso, Duration.subtract(deadline, Duration.min(deadline, timeLeft)))
  yield* metrics.count("WorkerRecords", records.length)
  const byGroup = Object.values(Object.groupBy(records, (record) => record.update.group))
  const failed = yield* Effect.forEach(
    byGroup,
    (group = []) => Effect.forEach(group.toSorted(byArrival), (record) => workRecord(record, startedAt)),
    { concurrency: "unbounded" },
  )
  return failed.flat().filter((id) => id !== undefined)
})

const byArrival = (one: QueueRecord, other: QueueRecord): number =>
  one.update.attributes.receivedAt < other.update.attributes.receivedAt
    ? -1
    : Number(one.update.attributes.receivedAt > other.update.attributes.receivedAt)

/** The id of a record that failed, whatever it failed of: here even a defect ends. */
const workRecord = Effect.fnUntraced(function* ({ id, update }: QueueRecord, startedAt: Iso) {
  const metrics = yield* Metrics
  const { correlationId, updateId } = update.attributes
  const annotated = Effect.annotateLogs({ updateId, correlationId })
  const exit = yield* workInTime(update, { startedAt }).pipe(Effect.exit, annotated)
  if (Exit.isSuccess(exit)) return undefined
  const error = Cause.squash(exit.cause)
  yield* annotated(Effect.logError("a record failed and will be received again", { error }, exit.cause))
  yield* metrics.count("FailedRecords")
  return id
})

const workInTime = Effect.fnUntraced(function* (update: QueuedUpdate, invocation: Invocation) {
  const left = millisBetween(yield* currentIso, plus(invocation.startedAt, recordDeadline))
  if (left <= 0) return yield* new TooLate()
  return yield* Effect.timeout(processUpdate(update, invocation), left)
})
