import { processBatch, type QueueRecord } from "@concierge/core/delivery/batch.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import * as FileIdsLayer from "@concierge/core/layers/FileIds.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import { webhookSecret } from "./testWorld.ts"
import { untilDone } from "./untilDone.ts"

let requests = 0

/** Telegram's request with an update, or with bytes that are none. */
export const receive = (update: object | Uint8Array) => {
  const body = update instanceof Uint8Array ? update : new TextEncoder().encode(JSON.stringify(update))
  return receiveUpdate({
    method: "POST",
    header: (name) => (name === "x-telegram-bot-api-secret-token" ? webhookSecret : undefined),
    body: Effect.succeed(body),
    correlationId: `request-${++requests}`,
  })
}

/** What is visible on the queue now, at most ten: one batch. */
export const nextBatch = LocalQueue.use((queue) => queue.receive(10))

/** Works a batch as one invocation and acknowledges what did not fail. Gives the ids of the records that did. */
export const workBatch = Effect.fnUntraced(function* (records: ReadonlyArray<QueueRecord>) {
  const queue = yield* LocalQueue
  const failed = yield* untilDone(processBatch(records))
  yield* queue.acknowledge(records.map(({ id }) => id).filter((id) => !failed.includes(id)))
  return failed
})

/** Works off the queue, moving the clock on to delayed messages, until nothing is left but dead letters. */
export const drain = Effect.gen(function* () {
  const queue = yield* LocalQueue
  while (true) {
    const records = yield* nextBatch
    if (records.length > 0) {
      yield* workBatch(records)
      continue
    }
    const at = yield* queue.nextVisible()
    if (at === undefined) return
    yield* TestClock.setTime(Math.max(at, yield* Clock.currentTimeMillis))
  }
})

/** Takes an update off the queue, as into the dead-letter queue, for the test to work it when it will. */
export const setAside = Effect.fnUntraced(function* (update: Effect.Effect<object>) {
  const queue = yield* LocalQueue
  yield* receive(yield* update)
  const records = yield* nextBatch
  yield* queue.acknowledge(records.map(({ id }) => id))
  return records
})

/** Works off what is visible now and leaves the delayed messages where they are. */
export const drainVisible = Effect.gen(function* () {
  for (let records = yield* nextBatch; records.length > 0; records = yield* nextBatch) yield* workBatch(records)
})

/** Telegram delivers these one after the other, each worked off before the next, with a second's time to read. */
export const tell = Effect.fnUntraced(function* (...updates: ReadonlyArray<Effect.Effect<object>>) {
  for (const update of updates) {
    yield* receive(yield* update)
    yield* drain
    yield* TestClock.adjust("1 second")
  }
})

/** Telegram delivers these at once: all are on the queue before the first is worked. */
export const tellAtOnce = Effect.fnUntraced(function* (...updates: ReadonlyArray<Effect.Effect<object>>) {
  for (const update of updates) yield* receive(yield* update)
  yield* drain
})

/** In another container: whatever this one remembers is unknown there. */
export const inAnotherContainer = Effect.provide(Layer.fresh(FileIdsLayer.layer))
