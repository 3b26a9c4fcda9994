import { type Attributes, type QueuedUpdate, UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import { Consumer, type Received } from "../Consumer.ts"
import { long } from "../hostile.ts"

/** The webhook escapes what queues trip over, so that nothing beyond the BMP travels as it is. */
export const bodies: ReadonlyArray<string> = [
  '{"update_id":1}',
  '{"text":"\\ud83d\\ude00 \\ud800 \\uffff"}',
  '{ "spaces" : "kept" ,\n\t"numbers":[1.0,1e2,-0,9007199254740993] }',
  '{"text":"ünïcødé 中文 <b>&amp;</b> \\u0000 \\\\"}',
  `{"text":"${long}"}`,
  `{"text":"${"x".repeat(262_144 - 11)}"}`,
]

export const updateOf = (
  change: { readonly body?: string; readonly group?: string; readonly attributes?: Partial<Attributes> } = {},
): QueuedUpdate => ({
  body: change.body ?? '{"update_id":1}',
  group: change.group ?? "5",
  attributes: {
    updateId: 1,
    kind: "message",
    receivedAt: Iso.make("2026-03-04T05:06:07.000Z"),
    correlationId: "c-1",
    attempt: 0,
    ...change.attributes,
  },
})

/** Receives until nothing is visible: one receive need not give all there is. */
export const drain = Effect.gen(function* () {
  const consumer = yield* Consumer
  const all: Array<Received> = []
  for (let batch = yield* consumer.receive; batch.length > 0; batch = yield* consumer.receive) all.push(...batch)
  return all
})

/** What is received of the given updates. */
export const sent = Effect.fnUntraced(function* (...updates: ReadonlyArray<QueuedUpdate>) {
  const queue = yield* UpdateQueue
  yield* Effect.forEach(updates, (update) => queue.send(update))
  return yield* drain
})

export const idsOf = (received: ReadonlyArray<Received>): ReadonlyArray<number> =>
  received.map(({ update }) => update.attributes.updateId)
