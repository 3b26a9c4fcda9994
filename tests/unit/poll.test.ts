import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import { poll } from "../../packages/local/queue/poll.ts"
import { receive } from "../layers/drive.ts"
import { queued } from "../layers/seen.ts"
import { ok, slow, TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { says, somebody } from "../layers/updates.ts"

const turns = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

it.effect("one who is slow in every batch of ten keeps nobody else waiting", () =>
  Effect.gen(function* () {
    const telegram = yield* TelegramTest
    for (let batch = 0; batch < 10; batch++) telegram.script.push(slow(30_000), ...Array.from({ length: 9 }, () => ok))
    for (let person = 0; person < 150; person++) {
      yield* receive(yield* says(somebody(), "/start"))
      yield* TestClock.adjust(10)
    }
    yield* Effect.forkScoped(poll())
    for (let turn = 0; turn < 100; turn++) {
      yield* TestClock.adjust(10)
      yield* turns
    }
    assert.lengthOf(telegram.sends(), 150)
    yield* TestClock.adjust(30_000)
    for (let turn = 0; turn < 20; turn++) yield* turns
    assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
  }).pipe(Effect.scoped, inWorld),
)

it.effect("what has to wait behind others is not looked at again and again", () =>
  Effect.gen(function* () {
    const telegram = yield* TelegramTest
    telegram.script.push(...Array.from({ length: 50 }, () => slow(30_000)))
    for (let person = 0; person < 150; person++) {
      yield* receive(yield* says(somebody(), "/start"))
      yield* TestClock.adjust(10)
    }
    const queue = yield* LocalQueue
    let looks = 0
    const counted = LocalQueue.of({
      ...queue,
      nextVisible: (lane) =>
        Effect.suspend(() => queue.nextVisible(lane)).pipe(Effect.tap(() => Effect.sync(() => (looks += 1)))),
    })
    yield* Effect.forkScoped(Effect.provideService(poll(), LocalQueue, counted))
    for (let turn = 0; turn < 100; turn++) {
      yield* TestClock.adjust(5)
      yield* turns
    }
    assert.lengthOf(telegram.sends(), 50)
    assert.isBelow(looks, 20)
    yield* TestClock.adjust(30_000)
    for (let turn = 0; turn < 100; turn++) yield* turns
  }).pipe(Effect.scoped, inWorld),
)
