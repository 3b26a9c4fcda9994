import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { told } from "../observe/ended.ts"
import { CurrentFacts, type Facts, type Noted } from "../observe/Facts.ts"
import { nameOfError } from "../observe/nameOfError.ts"
import { stepsOf } from "../observe/steps.ts"
import { Telemetry } from "../observe/Telemetry.ts"
import { Metrics } from "../services/Metrics.ts"
import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import { currentIso, type Iso, millisBetween, minus, plus } from "../Time.ts"
import { maxReceives } from "./deployed.ts"
import { type Invocation, TooLate } from "./Invocation.ts"
import { neverStarted } from "./startToVideo.ts"
import { deadline } from "./times.ts"
import { processUpdate } from "./update.ts"

export interface QueueRecord {
  /** By which the queue knows the message. */
  readonly id: string
  readonly update: QueuedUpdate
  /** How often the queue has handed it out, this time included. */
  readonly receives?: number
}

export interface BatchOptions {
  /** Until the runtime ends this invocation; our own deadline where it does not say. */
  readonly timeLeft?: Duration.Duration
  /** Run as each record ends, whatever it ended in. */
  readonly ended?: Effect.Effect<void>
}

/** A record that has not ended by then is handed back while there is still somebody to do so. */
const recordDeadline = Duration.subtract(deadline, Duration.millis(1_500))

/**
 * Works the records of one invocation: different people's side by side, one person's in order of arrival. Returns the
 * ids of those to be received again; whatever happens to one record, the others are not worked twice for it.
 */
export const processBatch = (records: ReadonlyArray<QueueRecord>, options: BatchOptions = {}) =>
  Effect.flatMap(Telemetry, ({ spans }) => {
    const working = withRoom(workBatch(records, options))
    return spans?.processing(working, records) ?? working
  })

const workBatch = Effect.fn("processBatch")(function* (
  records: ReadonlyArray<QueueRecord>,
  { ended = Effect.void, timeLeft = deadline }: BatchOptions,
) {
  const metrics = yield* Metrics
  // With less time than the deadline it counts as so much older; more would outlive the lock on a person.
  const startedAt = minus(yield* currentIso, Duration.subtract(deadline, Duration.min(deadline, timeLeft)))
  yield* metrics.count("WorkerRecords", records.length)
  const byGroup = Object.values(Object.groupBy(records, (record) => record.update.group))
  const failed = yield* Effect.forEach(
    byGroup,
    (group = []) =>
      Effect.forEach(group.toSorted(byArrival), (record) => Effect.tap(workRecord(record, startedAt), ended)),
    { concurrency: "unbounded" },
  )
  return failed.flat().filter((id) => id !== undefined)
})

const byArrival = (one: QueueRecord, other: QueueRecord): number =>
  one.update.attributes.receivedAt < other.update.attributes.receivedAt
    ? -1
    : Number(one.update.attributes.receivedAt > other.update.attributes.receivedAt)

/** The id of a record that failed, whatever it failed of: here even a defect ends. */
const workRecord = Effect.fnUntraced(function* ({ id, receives = 1, update }: QueueRecord, startedAt: Iso) {
  const { correlationId, updateId } = update.attributes
  const known: Noted = { facts: yield* factsOf(update, receives) }
  const begun = yield* Clock.currentTimeMillis
  const exit = yield* workInTime(update, { startedAt }).pipe(
    Effect.exit,
    Effect.provideService(CurrentFacts, known),
    Effect.annotateLogs({ updateId, correlationId }),
  )
  const durationMs = (yield* Clock.currentTimeMillis) - begun
  const facts = { ...known.facts, durationMs, steps: stepsOf(known.span) }
  if (Exit.isSuccess(exit)) return yield* told(facts)
  const error = Cause.squash(exit.cause)
  const failed: Facts = { ...facts, outcome: "failed", reason: nameOfError(error) }
  yield* told(failed, { error }, exit.cause)
  yield* (yield* Metrics).count("FailedRecords")
  if (receives >= maxReceives) yield* neverStarted(failed)
  return id
})

const factsOf = ({ attributes }: QueuedUpdate, receives: number): Effect.Effect<Facts> => {
  const { attempt, correlationId, kind, limitedMs, receivedAt, updateId } = attributes
  return Effect.map(currentIso, (now) => ({
    updateId,
    correlationId,
    kind,
    attempt,
    receives,
    queuedMs: millisBetween(receivedAt, now),
    ...(limitedMs !== undefined && { limitedMs }),
  }))
}

const workInTime = Effect.fnUntraced(function* (update: QueuedUpdate, invocation: Invocation) {
  const left = millisBetween(yield* currentIso, plus(invocation.startedAt, recordDeadline))
  if (left <= 0) return yield* new TooLate()
  return yield* Effect.timeout(processUpdate(update, invocation), left)
})

/** Each span is one more service for what it spans. From the ninth on all would be copied, for each of an update's calls. */
const withRoom = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.updateContext(effect, (services: Context.Context<R>) =>
    Context.makeUnsafe<R>(services.mapUnsafe, { maxDepth: 24 }),
  )
