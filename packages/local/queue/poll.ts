import { processBatch } from "@concierge/core/delivery/batch.ts"
import { WorkersSince } from "@concierge/core/delivery/WorkersSince.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import { LocalQueue, type ReceivedUpdate } from "./LocalQueue.ts"

/** As the event source in AWS: batches of ten, ten workers at most for each of the two queues. */
const batchSize = 10
const maxWorkers = 10

/** Telegram slows down when it is kept waiting, and the queue keeps what has come: in a rush, taking in goes first. */
const maxWorkersInRush = 1

/** While turns are waited for, a few newcomers in hand are enough; more would only wait there instead of in the queue. */
const maxWorkersPaced = 3

/** Hands visible messages to the worker, for ever, and acknowledges those that it has worked; each is `seen` before. */
export const poll = Effect.fnUntraced(function* (
  seen: (update: QueuedUpdate) => Effect.Effect<void> = () => Effect.void,
) {
  const since = yield* currentIso
  const queue = yield* LocalQueue
  const pace = yield* Pace
  const most = Effect.fnUntraced(function* (lane: "taps" | "others") {
    if (yield* queue.isRush) return maxWorkersInRush
    return lane === "others" && (yield* pace.isOn) ? maxWorkersPaced : maxWorkers
  })
  const lanes = [
    { lane: "taps", workers: yield* FiberSet.make() },
    { lane: "others", workers: yield* FiberSet.make() },
  ] as const
  const startWorkers = Effect.forEach(
    lanes,
    Effect.fnUntraced(function* ({ lane, workers }) {
      while ((yield* FiberSet.size(workers)) < (yield* most(lane))) {
        const records = yield* queue.receive(batchSize, lane)
        if (records.length === 0) return
        // One process works at a time: whoever left something half done before it began is dead.
        const working = Effect.provideService(work(records, seen), WorkersSince, since)
        yield* FiberSet.run(workers, Effect.ensuring(working, queue.wake.open))
      }
    }),
    { concurrency: "unbounded", discard: true },
  )
  return yield* Effect.forever(
    Effect.gen(function* () {
      yield* queue.wake.close
      yield* startWorkers
      yield* Effect.raceAllFirst([queue.wake.await, queue.othersWrote, untilVisible])
    }),
  )
})

/** Let to end even when the host is stopped: half a step would be done again, and its message sent twice. */
const work = Effect.fnUntraced(function* (
  records: ReadonlyArray<ReceivedUpdate>,
  seen: (update: QueuedUpdate) => Effect.Effect<void>,
) {
  const queue = yield* LocalQueue
  yield* Effect.forEach(records, ({ update }) => seen(update), { discard: true })
  const failed = new Set(yield* processBatch(records))
  const worked = records.map(({ id }) => id).filter((id) => !failed.has(id))
  yield* queue.acknowledge(worked)
}, Effect.uninterruptible)

const untilVisible = Effect.gen(function* () {
  const queue = yield* LocalQueue
  const at = yield* queue.nextVisible
  if (at === undefined) return yield* Effect.never
  yield* Effect.sleep(Math.max(0, at - (yield* Clock.currentTimeMillis)))
})
