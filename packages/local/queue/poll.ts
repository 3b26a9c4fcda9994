import { processBatch } from "@concierge/core/delivery/batch.ts"
import { WorkersSince } from "@concierge/core/delivery/WorkersSince.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import { LocalQueue, lanes, type QueueLane, type ReceivedUpdate } from "./LocalQueue.ts"

/** Batches of ten, as the event source in AWS. */
const batchSize = 10

/** Records in hand, for each of the two queues: more would only wait there for the one thread, or for their turns. */
const most = 50

/** Hands visible messages to the worker, for ever, and acknowledges those that it has worked; each is `seen` before. */
export const poll = Effect.fnUntraced(function* (
  seen: (update: QueuedUpdate) => Effect.Effect<void> = () => Effect.void,
) {
  const since = yield* currentIso
  const queue = yield* LocalQueue
  const workers = yield* FiberSet.make()
  const inHand = { taps: 0, others: 0 }
  const hasRoom = (lane: QueueLane): boolean => inHand[lane] + batchSize <= most
  const fill = Effect.fnUntraced(function* (lane: QueueLane) {
    // Looked at in tens, so that one who is slow keeps no place but their own.
    const ended = Effect.suspend(() => {
      inHand[lane] -= 1
      return inHand[lane] % batchSize === 0 ? queue.wake.open : Effect.void
    })
    while (hasRoom(lane)) {
      const records = yield* queue.receive(batchSize, lane)
      if (records.length === 0) return
      inHand[lane] += records.length
      // One process works at a time: whoever left something half done before it began is dead.
      for (const group of Object.values(Object.groupBy(records, ({ update }) => update.group))) {
        const working = work(group ?? [], seen, ended)
        yield* FiberSet.run(workers, Effect.provideService(working, WorkersSince, since))
      }
    }
  })
  /** Something to receive, and room for it: what waits behind others is looked at when one of them has ended. */
  const untilVisible = Effect.gen(function* () {
    const times = yield* Effect.forEach(lanes.filter(hasRoom), (lane) => queue.nextVisible(lane))
    const next = Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY))
    if (next === Number.POSITIVE_INFINITY) return yield* Effect.never
    yield* Effect.sleep(Math.max(0, next - (yield* Clock.currentTimeMillis)))
  })
  return yield* Effect.forever(
    Effect.gen(function* () {
      yield* queue.wake.close
      yield* Effect.forEach(lanes, fill, { concurrency: "unbounded", discard: true })
      yield* Effect.raceAllFirst([queue.wake.await, queue.othersWrote, untilVisible])
    }),
  )
})

/**
 * What one person's updates ask for; it begins at its own turn, since ten beginnings at once would keep requests waiting.
 * Let to end even when the host is stopped: half a step would be done again, and its message sent twice.
 */
const work = Effect.fnUntraced(function* (
  records: ReadonlyArray<ReceivedUpdate>,
  seen: (update: QueuedUpdate) => Effect.Effect<void>,
  ended: Effect.Effect<void>,
) {
  const queue = yield* LocalQueue
  yield* queue.turn
  yield* Effect.forEach(records, ({ update }) => seen(update), { discard: true })
  const failed = new Set(yield* processBatch(records, { ended }))
  const worked = records.map(({ id }) => id).filter((id) => !failed.has(id))
  yield* queue.acknowledge(worked)
}, Effect.uninterruptible)
