import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it as plain } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { Consumer } from "./Consumer.ts"
import { bodies, drain, idsOf, sent, updateOf } from "./queue/updates.ts"

/** What SQS promises and the programs rely on. `layer` is made anew for each test, so that each has an empty queue. */
export const queueContract = <E>(name: string, layer: Layer.Layer<UpdateQueue | Consumer, E>) =>
  describe(`UpdateQueue: ${name}`, () => {
    const it = (title: string, test: Effect.Effect<void, unknown, UpdateQueue | Consumer>) =>
      plain.effect(title, () => Effect.provide(test, layer))

    it(
      "bodies are received byte for byte",
      Effect.gen(function* () {
        const received = yield* sent(...bodies.map((body) => updateOf({ body })))
        assert.sameMembers(
          received.map(({ update }) => update.body),
          [...bodies],
        )
      }),
    )

    it(
      "group and attributes travel beside the body",
      Effect.gen(function* () {
        const update = updateOf({
          group: "-1001234567890",
          attributes: {
            updateId: Number.MAX_SAFE_INTEGER,
            attempt: 99,
            kind: "my_chat_member",
            receivedAt: Iso.make("2026-03-04T05:06:07.089Z"),
            correlationId: "0b9f-1",
            deferredAt: Iso.make("2026-03-04T05:06:08.000Z"),
            notBefore: Iso.make("2026-03-04T06:06:08.000Z"),
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          },
        })
        const [message] = yield* sent(update)
        assert.deepStrictEqual(message?.update, update)
      }),
    )

    it(
      "attributes that were not given do not arrive",
      Effect.gen(function* () {
        const update = updateOf()
        const [message] = yield* sent(update)
        assert.deepStrictEqual(message?.update, update)
      }),
    )

    it(
      "who taps, blocks or unblocks stands behind nobody who writes",
      Effect.gen(function* () {
        const kinds = ["message", "my_chat_member", "edited_message", "callback_query"]
        const updates = kinds.map((kind, index) => updateOf({ attributes: { kind, updateId: index } }))
        const received = (yield* sent(...updates)).map(({ update }) => update.attributes.kind)
        assert.sameMembers(received.slice(0, 2), ["my_chat_member", "callback_query"])
        assert.sameMembers(received.slice(2), ["message", "edited_message"])
      }),
    )

    it(
      "the same update may be there more than once",
      Effect.gen(function* () {
        const received = yield* sent(updateOf(), updateOf())
        assert.strictEqual(new Set(received.map(({ id }) => id)).size, 2)
      }),
    )

    it(
      "a delayed message is not visible before its time",
      Effect.gen(function* () {
        const queue = yield* UpdateQueue
        const consumer = yield* Consumer
        yield* queue.send(updateOf(), Duration.seconds(2))
        assert.deepStrictEqual(yield* consumer.receive, [])
        yield* consumer.pass(1)
        assert.deepStrictEqual(yield* consumer.receive, [])
        yield* consumer.pass(1)
        assert.strictEqual((yield* drain).length, 1)
      }),
    )

    it(
      "batches hold at most ten, and in the end everything was in one",
      Effect.gen(function* () {
        const queue = yield* UpdateQueue
        const consumer = yield* Consumer
        const ids = Array.from({ length: 25 }, (_, index) => 2 ** 33 + index)
        yield* Effect.forEach(ids, (updateId) => queue.send(updateOf({ attributes: { updateId } })), {
          concurrency: "unbounded",
        })
        const seen: Array<number> = []
        for (let batch = yield* consumer.receive; batch.length > 0; batch = yield* consumer.receive) {
          assert.isAtMost(batch.length, 10)
          seen.push(...batch.map(({ update }) => update.attributes.updateId))
        }
        assert.deepStrictEqual(
          seen.toSorted((one, other) => one - other),
          ids,
        )
      }),
    )

    it(
      "a message in hand is hidden, and comes again unless it is acknowledged",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const received = yield* sent(...[1, 2, 3].map((updateId) => updateOf({ attributes: { updateId } })))
        assert.deepStrictEqual(yield* consumer.receive, [])
        const worked = received.filter(({ update }) => update.attributes.updateId !== 2).map(({ id }) => id)
        yield* consumer.acknowledge(worked)
        yield* consumer.expire
        const again = yield* drain
        assert.deepStrictEqual(idsOf(again), [2])
        yield* consumer.acknowledge(again.map(({ id }) => id))
        yield* consumer.expire
        assert.deepStrictEqual(yield* consumer.receive, [])
        assert.strictEqual(yield* consumer.dead, 0)
      }),
    )

    it(
      "acknowledged late a second time, it takes no other message with it",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const first = (yield* sent(updateOf())).map(({ id }) => id)
        yield* consumer.acknowledge(first)
        const second = yield* sent(updateOf({ attributes: { updateId: 2 } }))
        yield* consumer.acknowledge(first)
        yield* consumer.expire
        assert.deepStrictEqual(idsOf(yield* drain), idsOf(second))
      }),
    )

    it(
      "after three receives it is a dead letter",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        assert.strictEqual((yield* sent(updateOf())).length, 1)
        yield* consumer.expire
        assert.strictEqual((yield* drain).length, 1)
        yield* consumer.expire
        assert.strictEqual((yield* drain).length, 1)
        assert.strictEqual(yield* consumer.dead, 0)
        yield* consumer.expire
        assert.deepStrictEqual(yield* consumer.receive, [])
        assert.strictEqual(yield* consumer.dead, 1)
      }),
    )

    it(
      "a copy starts with no receives, however often its original was received",
      Effect.gen(function* () {
        const queue = yield* UpdateQueue
        const consumer = yield* Consumer
        const [original] = yield* sent(updateOf())
        yield* consumer.expire
        yield* drain
        yield* queue.send(updateOf({ attributes: { attempt: 1 } }), Duration.seconds(1))
        yield* consumer.acknowledge(original === undefined ? [] : [original.id])
        for (const _ of [1, 2, 3]) {
          yield* consumer.pass(1)
          yield* consumer.expire
          assert.strictEqual((yield* drain)[0]?.update.attributes.attempt, 1)
        }
      }),
    )
  })
