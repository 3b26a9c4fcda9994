import { processBatch } from "@concierge/core/delivery/batch.ts"
import { lease } from "@concierge/core/delivery/times.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { states } from "../fixtures/concierge.ts"
import { nextBatch, receive } from "../layers/drive.ts"
import { dynamoWire, Wire } from "../layers/dynamoWire.ts"
import { cut, type Fault, hang, lost, pass, refusal } from "../layers/faults.ts"
import { copies, eventOf, sessionsOf, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { configLayer, containerLayer, outsideLayer } from "../layers/testWorld.ts"
import { says, somebody } from "../layers/updates.ts"

/** Everything the two programs ask for, on a DynamoDB that a proxy stands before. */
const world = containerLayer.pipe(
  Layer.provideMerge(Layer.mergeAll(dynamoWire, SqliteQueue.layer, outsideLayer, configLayer)),
  Layer.provideMerge(Tables.layer(":memory:")),
  Layer.provideMerge(Logger.layer([])),
)

/** The machine's clock, which can be put forward: what waits for a server waits for it. */
const movableClock = Effect.map(Clock.Clock, (clock) => {
  let ahead = 0
  const now = () => clock.currentTimeMillisUnsafe() + ahead
  const moved: Clock.Clock = {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: () => BigInt(now()) * 1_000_000n,
    currentTimeNanos: Effect.sync(() => BigInt(now()) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: clock.monotonicTimeNanos,
    sleep: (duration) => clock.sleep(duration),
  }
  const putForward = (millis: number) =>
    Effect.sync(() => {
      ahead += millis
    })
  return { moved, putForward }
})

const throttled = refusal(400, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException")
const times = (count: number, fault: Fault): ReadonlyArray<Fault> => Array.from({ length: count }, () => fault)

/** Runs a first /start through these faults, one a request; then again, five minutes later, as often as it fails. */
const startAmid = Effect.fnUntraced(function* (faults: ReadonlyArray<Fault>) {
  const { moved, putForward } = yield* movableClock
  return yield* Effect.gen(function* () {
    const ana = somebody()
    const wire = yield* Wire
    const start = yield* says(ana, "/start ref_a")
    yield* receive(start)
    const batch = yield* nextBatch
    wire.faults.push(...faults)
    let receives = 1
    let left: number | undefined
    while ((yield* processBatch(batch)).length > 0) {
      left ??= wire.faults.length
      wire.faults.length = 0
      receives += 1
      yield* putForward(300_000)
    }
    left ??= wire.faults.length
    wire.faults.length = 0
    // A commit whose own answer was lost leaves the rest to a copy, and a counter waits until the other is dead for sure.
    const later = (yield* copies).map(({ delay: _, ...update }) => ({ id: "copy", update }))
    yield* putForward(Duration.toMillis(lease) + 5_000)
    if (later.length > 1) assert.deepStrictEqual(yield* processBatch(later.slice(1)), [])
    const user = yield* userOf(ana)
    const event = yield* eventOf(start)
    const sends = (yield* TelegramTest).sends().length
    return { user, event, receives, sessions: yield* sessionsOf(ana), sends, suffered: faults.length - left }
  }).pipe(Effect.provideService(Clock.Clock, moved), Random.withSeed("dynamo"))
})

const once = { state: states.video, version: 1, unresolved: 0, ref_code: "ref_a" } as const

describe("DynamoDB", () => {
  it.live.each([
    ["throttles two of three attempts, all along", [throttled, throttled, pass, throttled, throttled, pass]],
    ["is slow: an attempt without an answer is made again", [hang, pass, pass, hang]],
    ["closes connections", [cut, pass, cut, pass, cut, pass, cut]],
  ] as const)("%s: the step is taken at the first receive, once (retries are the client's)", ([, faults]) =>
    Effect.gen(function* () {
      const { event, receives, sends, sessions, suffered, user } = yield* startAmid(faults)
      assert.strictEqual(suffered, faults.length)
      assert.deepInclude(user, once)
      assert.strictEqual(event?.outcome, "applied")
      assert.lengthOf(sessions, 1)
      assert.deepStrictEqual([receives, sends], [1, 1])
    }).pipe(Effect.provide(world)),
  )

  it.live.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "goes down half-way, after %d requests: the record comes again, one state change, a double is counted (no update is lost)",
    (requests) =>
      Effect.gen(function* () {
        const { event, receives, sends, sessions, suffered, user } = yield* startAmid([
          ...times(requests, pass),
          ...times(60, cut),
        ])
        // Each call is tried four times before it is given up.
        assert.isAtLeast(suffered, requests + 4)
        assert.isAbove(receives, 1)
        assert.deepInclude(user, once)
        assert.strictEqual(event?.outcome, "applied")
        assert.lengthOf(sessions, 1)
        assert.isAtMost(sends - 1, user.ambiguous)
      }).pipe(Effect.provide(world)),
  )

  it.live.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "loses the answer to request %d: one state change, all the same (an id changes the state once)",
    (requests) =>
      Effect.gen(function* () {
        const { event, sends, suffered, user } = yield* startAmid([...times(requests, pass), lost])
        assert.strictEqual(suffered, requests + 1)
        assert.deepInclude(user, once)
        assert.strictEqual(event?.outcome, "applied")
        assert.isAtMost(sends - 1, user.ambiguous)
      }).pipe(Effect.provide(world)),
  )
})
