import { type DeadLetter, DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { type QueuedUpdate, UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it as plain } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { Consumer } from "./Consumer.ts"
import { bodies, drain, updateOf } from "./queue/updates.ts"

/** Sends these, and receives them in vain until they are dead letters. */
export const died = Effect.fnUntraced(function* (...updates: ReadonlyArray<QueuedUpdate>) {
  const queue = yield* UpdateQueue
  const consumer = yield* Consumer
  const before = yield* consumer.dead
  yield* Effect.forEach(updates, (update) => queue.send(update))
  // Three receives each; then they die of being asked for, a batch at a time.
  for (let receives = 0; receives < 4 + updates.length / 10; receives++) {
    yield* drain
    yield* consumer.expire
  }
  assert.strictEqual((yield* consumer.dead) - before, updates.length)
})

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => updateOf({ attributes: { updateId: 2 ** 33 + index } }))

const idsOf = (letters: ReadonlyArray<DeadLetter>): ReadonlyArray<number> =>
  letters.map(({ update }) => update.attributes.updateId).toSorted((one, other) => one - other)

/** What an operator finds of updates that died. `layer` is made anew for each test. */
export const deadLettersContract = <E>(name: string, layer: Layer.Layer<DeadLetters | UpdateQueue | Consumer, E>) =>
  describe(`DeadLetters: ${name}`, () => {
    const it = (title: string, test: Effect.Effect<void, unknown, DeadLetters | UpdateQueue | Consumer>) =>
      plain.effect(title, () => Effect.provide(test, layer))

    it(
      "none is there where none died",
      Effect.gen(function* () {
        yield* (yield* UpdateQueue).send(updateOf())
        assert.deepStrictEqual(yield* (yield* DeadLetters).read(10), [])
      }),
    )

    it(
      "a letter has everything that travelled beside the update",
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
        yield* died(update)
        const [letter, ...more] = yield* (yield* DeadLetters).read(10)
        assert.isEmpty(more)
        assert.deepStrictEqual(letter?.update, update)
      }),
    )

    it(
      "bodies are read byte for byte, with emoji and what queues trip over",
      Effect.gen(function* () {
        yield* died(...bodies.map((body) => updateOf({ body })))
        const letters = yield* (yield* DeadLetters).read(100)
        assert.sameMembers(
          letters.map(({ update }) => update.body),
          [...bodies],
        )
      }),
    )

    it(
      "as many are read as were asked for, more than a batch too, and all of them stay",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const deadLetters = yield* DeadLetters
        const updates = numbered(25)
        yield* died(...updates)
        assert.lengthOf(yield* deadLetters.read(0), 0)
        for (const max of [1, 10, 17]) {
          assert.lengthOf(yield* deadLetters.read(max), max)
          yield* consumer.expire
        }
        const all = yield* deadLetters.read(100)
        assert.deepStrictEqual(
          idsOf(all),
          updates.map(({ attributes }) => attributes.updateId),
        )
        assert.strictEqual(new Set(all.map(({ id }) => id)).size, 25)
        assert.strictEqual(yield* consumer.dead, 25)
      }),
    )

    it(
      "what was removed is gone, once or twice, and nothing else is",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const deadLetters = yield* DeadLetters
        yield* died(...numbered(3))
        const letters = yield* deadLetters.read(10)
        const second = letters.find(({ update }) => update.attributes.updateId === 2 ** 33 + 1)
        yield* deadLetters.remove(second?.id ?? "")
        yield* deadLetters.remove(second?.id ?? "")
        yield* consumer.expire
        assert.deepStrictEqual(idsOf(yield* deadLetters.read(10)), [2 ** 33, 2 ** 33 + 2])
        assert.strictEqual(yield* consumer.dead, 2)
      }),
    )

    it(
      "a letter that was read and left can be removed later, by what it is read as then",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const deadLetters = yield* DeadLetters
        yield* died(updateOf())
        yield* deadLetters.read(10)
        yield* consumer.expire
        const [again] = yield* deadLetters.read(10)
        yield* deadLetters.remove(again?.id ?? "")
        yield* consumer.expire
        assert.deepStrictEqual(yield* deadLetters.read(10), [])
        assert.strictEqual(yield* consumer.dead, 0)
      }),
    )
  })
