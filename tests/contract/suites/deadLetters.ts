import { type DeadLetter, DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { type QueuedUpdate, UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it as plain } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
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

const read = (max = 1_000) => DeadLetters.use(({ letters }) => Stream.runCollect(Stream.take(letters, max)))

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
        assert.deepStrictEqual(yield* read(), [])
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
        const [letter, ...more] = yield* read()
        assert.isEmpty(more)
        assert.deepStrictEqual(letter?.update, update)
      }),
    )

    it(
      "bodies are read byte for byte, with emoji and what queues trip over",
      Effect.gen(function* () {
        yield* died(...bodies.map((body) => updateOf({ body })))
        const letters = yield* read()
        assert.sameMembers(
          letters.map(({ update }) => update.body),
          [...bodies],
        )
      }),
    )

    it(
      "all are read, more than a batch too, and whoever stops or is stopped leaves all of them to the next",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const { letters } = yield* DeadLetters
        const updates = numbered(25)
        yield* died(...updates)
        for (const max of [1, 10, 17]) assert.lengthOf(yield* read(max), max)
        const stopped = Stream.runForEach(letters, () => Effect.die("stopped"))
        assert.isTrue(Exit.isFailure(yield* Effect.exit(stopped)))
        const all = yield* read()
        assert.deepStrictEqual(
          idsOf(all),
          updates.map(({ attributes }) => attributes.updateId),
        )
        assert.strictEqual(new Set(all.map(({ id }) => id)).size, 25)
        assert.strictEqual(yield* consumer.dead, 25)
      }),
    )

    it(
      "what is removed while they are read is gone, once or twice, and nothing else is",
      Effect.gen(function* () {
        const consumer = yield* Consumer
        const { letters, remove } = yield* DeadLetters
        yield* died(...numbered(3))
        yield* Stream.runForEach(letters, ({ id, update }) =>
          update.attributes.updateId === 2 ** 33 + 1 ? Effect.andThen(remove(id), remove(id)) : Effect.void,
        )
        assert.deepStrictEqual(idsOf(yield* read()), [2 ** 33, 2 ** 33 + 2])
        assert.strictEqual(yield* consumer.dead, 2)
      }),
    )

    it(
      "a letter that was read and left can be removed by whoever reads it next",
      Effect.gen(function* () {
        const { letters, remove } = yield* DeadLetters
        yield* died(updateOf())
        yield* read()
        yield* Stream.runForEach(letters, ({ id }) => remove(id))
        assert.deepStrictEqual(yield* read(), [])
        assert.strictEqual(yield* (yield* Consumer).dead, 0)
      }),
    )
  })
