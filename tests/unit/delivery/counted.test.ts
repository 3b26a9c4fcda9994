import { funnelKeys } from "@concierge/core/attribution/Tally.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { type NotNow, Pace, type Turn } from "@concierge/core/services/Pace.ts"
import { fromIso, plus } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states, stepOf } from "../../fixtures/concierge.ts"
import { drain, drainVisible, nextBatch, receive, tell, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { copies, eventOf, queued, settings } from "../../layers/seen.ts"
import { TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { edits, says, somebody, taps } from "../../layers/updates.ts"

describe("what is counted of an update", () => {
  it.effect("stands with its event, so that all counters can be made of events again", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const [start, tap] = [yield* says(ana, "/start"), yield* taps(ana, stepOf("voice").data)]
      yield* receive(start)
      yield* drain
      yield* TestClock.adjust("40 seconds")
      yield* receive(tap)
      yield* drain
      const [one, other] = [yield* eventOf(start), yield* eventOf(tap)]
      assert.deepInclude(one, { started: 1, run: 1, reached: states.video, language: "en", origin: "-" })
      for (const none of ["gap", "came", "last", "linkId"]) assert.notProperty(one, none)
      assert.deepInclude(other, { run: 1, reached: states.greeting, language: "en", origin: "-" })
      // Half a minute to a minute.
      assert.strictEqual(other?.gap, 3)
      for (const none of ["started", "came", "last"]) assert.notProperty(other, none)
    }).pipe(inWorld),
  )

  it.effect("measures the wait for a video of whoever starts, and of nothing else that is asked", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), says(ana, "/start"), taps(ana, stepOf("voice").data), says(ana, "/start"))
      yield* tell(taps(ana, stepOf("video").data))
      assert.lengthOf((yield* Counted).values("StartToVideo"), 1)
    }).pipe(inWorld),
  )

  it.effect(
    "says of a /start that becomes a dead letter, and of nothing else that does, that its video never came",
    () =>
      Effect.gen(function* () {
        const [ana, eva] = [somebody(), somebody()]
        yield* tell(says(ana, "/start"), says(eva, "/start"))
        const before = (yield* Counted).values("StartToVideo")
        const { sqlite } = yield* Tables
        sqlite.prepare("UPDATE users SET item = json_set(item, '$.state_progress', 'LOST')").run()
        for (const update of [says(ana, "/start"), says(eva, "hello")]) yield* receive(yield* update)
        yield* drain
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 2 })
        assert.deepStrictEqual((yield* Counted).values("StartToVideo"), [...before, 86_400_000])
      }).pipe(inWorld),
  )

  it.effect.each([0, 1, 7])("is in the counter of the container's own shard: %s", (shard) => {
    const chance = Layer.succeed(Random.Random, {
      nextIntUnsafe: () => shard,
      nextDoubleUnsafe: () => (shard + 0.5) / 8,
    })
    const container = Effect.provide(Layer.fresh(Composed.layer).pipe(Layer.provideMerge(chance)))
    return Effect.gen(function* () {
      yield* container(tell(says(somebody(), "/start")))
      const keys = (yield* settings).map(({ key }) => key).filter((key) => key.startsWith(funnelKeys))
      assert.deepStrictEqual(
        keys.map((key) => key.split("#").at(-2)),
        [String(shard)],
      )
    }).pipe(inWorld)
  })
})

describe("what waits for nothing", () => {
  it.effect("measures no wait for Telegram's limit", () =>
    Effect.gen(function* () {
      yield* tell(says(somebody(), "/start"))
      assert.isEmpty((yield* Counted).values("LimitWaits"))
    }).pipe(inWorld),
  )

  it.effect("is no second old, and knows its file's id or does not", () =>
    Effect.gen(function* () {
      const counted = yield* Counted
      const ids = () => [counted.of("FileIdMisses"), counted.of("FileIdHits")]
      yield* tell(says(somebody(), "/start"))
      assert.deepStrictEqual(counted.values("UpdateAge"), [0])
      assert.deepStrictEqual(ids(), [1, 0])
      yield* tell(says(somebody(), "/start"))
      assert.deepStrictEqual(ids(), [1, 1])
    }).pipe(inWorld),
  )

  it.effect("but one that is not to be worked before a moment, which nothing else knows of, is not", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(somebody(), "/start"))
      const [record] = yield* nextBatch
      if (record === undefined) return assert.fail("nothing was queued")
      const { attributes } = record.update
      const notBefore = plus(attributes.receivedAt, 3_600_000)
      yield* workBatch([{ ...record, update: { ...record.update, attributes: { ...attributes, notBefore } } }])
      assert.isEmpty((yield* TelegramTest).sends())
      const [copy] = yield* copies
      assert.strictEqual(copy?.attributes.notBefore, notBefore)
      yield* drain
      assert.deepStrictEqual(
        (yield* TelegramTest).sends().map(({ at }) => at >= fromIso(notBefore)),
        [true],
      )
    }).pipe(inWorld),
  )

  it.effect("measures none for an outage either", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      yield* receive(yield* says(somebody(), "/start"))
      yield* drainVisible
      const [copy] = yield* copies
      assert.strictEqual(copy?.attributes.attempt, 1)
      assert.notProperty(copy?.attributes, "limitedMs")
      assert.isEmpty((yield* Counted).values("LimitWaits"))
    }).pipe(inWorld),
  )

  it.effect("measures one for its turn, where it has to wait for that", () =>
    Effect.gen(function* () {
      const pace = yield* Pace
      const slow = Pace.of({
        ...pace,
        take: (ask) => Effect.map(pace.take(ask), (turn) => ({ ...turn, waited: 2_000 })),
      })
      yield* Effect.provideService(tell(says(somebody(), "/start")), Pace, slow)
      assert.deepStrictEqual((yield* Counted).values("LimitWaits"), [2_000])
    }).pipe(inWorld),
  )

  it.effect("measures one for its turn too that does not come in time, and the copy knows of it", () =>
    Effect.gen(function* () {
      const pace = yield* Pace
      const late = Pace.of({ ...pace, take: () => Effect.succeed({ _tag: "NotNow", wait: Duration.seconds(40) }) })
      yield* receive(yield* says(somebody(), "/start"))
      yield* Effect.provideService(drainVisible, Pace, late)
      const [copy] = yield* copies
      assert.strictEqual(copy?.attributes.limitedMs, 40_000)
      assert.deepStrictEqual((yield* Counted).values("LimitWaits"), [40_000])
    }).pipe(inWorld),
  )

  it.effect("gives a turn back that no message needed, and none that one did", () =>
    Effect.gen(function* () {
      const pace = yield* Pace
      const given: Array<Turn | NotNow> = []
      const back: Array<Turn> = []
      const watched = Pace.of({
        ...pace,
        take: (ask, waiting) => Effect.tap(pace.take(ask, waiting), (turn) => Effect.sync(() => given.push(turn))),
        giveBack: (turn) =>
          Effect.andThen(
            Effect.sync(() => back.push(turn)),
            pace.giveBack(turn),
          ),
      })
      const start = yield* says(somebody(), "/start")
      yield* Effect.provideService(tell(Effect.succeed(start), Effect.succeed(start)), Pace, watched)
      assert.lengthOf((yield* TelegramTest).sends(), 1)
      assert.lengthOf(given, 2)
      assert.deepStrictEqual<ReadonlyArray<unknown>>(back, given.slice(1))
    }).pipe(inWorld),
  )

  it.effect("takes nobody's turn, if no message follows from it: an edit", () =>
    Effect.gen(function* () {
      const pace = yield* Pace
      const lanes: Array<string> = []
      const watched = Pace.of({
        ...pace,
        take: (ask, waiting) =>
          Effect.andThen(
            Effect.sync(() => lanes.push(ask.lane)),
            pace.take(ask, waiting),
          ),
      })
      const ana = somebody()
      const told = tell(says(ana, "/start"), edits(ana, "hello"), taps(ana, stepOf("voice").data))
      yield* Effect.provideService(told, Pace, watched)
      assert.deepStrictEqual(lanes, ["arrival", "tap"])
    }).pipe(inWorld),
  )
})
