import { countedLimit, counterShards } from "@concierge/core/delivery/times.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { counters, outcomeOf, queued, settings } from "../../layers/seen.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { ofKind, says, somebody, taps } from "../../layers/updates.ts"

const today = "funnel#2026-03-04"

describe("the funnel", () => {
  it.effect("counts who reached each state, by day", () =>
    Effect.gen(function* () {
      const [ana, eva] = [somebody(), somebody()]
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"), taps(ana, "finish"), says(eva, "/start"))
      yield* TestClock.adjust("1 day")
      yield* tell(taps(eva, "play_audio"))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: 2, [states.greeting]: 1, [states.done]: 1 })
      assert.deepStrictEqual(yield* counters("funnel#2026-03-05"), { [states.greeting]: 1 })
      const counted = yield* Counted
      assert.deepStrictEqual(
        (["VideoReached", "GreetingReached", "FinishReached"] as const).map((metric) => counted.of(metric)),
        [2, 2, 1],
      )
    }).pipe(inWorld),
  )

  it.effect("counts no repeats, menus or hints", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "watch_video"), says(ana, "/menu"), says(ana, "hello"))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: 1 })
    }).pipe(inWorld),
  )

  it.effect("forgets the ids of a rush some minutes later, and counts none of them again", () =>
    Effect.gen(function* () {
      const { id } = somebody()
      // All of them in one shard.
      const rush = Array.from({ length: countedLimit + 20 }, (_, index) => ({
        ...somebody(),
        id: id + index * counterShards,
      }))
      const [first] = rush
      if (first === undefined) return assert.fail("nobody came")
      const start = yield* says(first, "/start")
      yield* tell(Effect.succeed(start), ...rush.slice(1).map((person) => says(person, "/start")))
      const [counter] = (yield* settings).filter(({ key }) => key.startsWith(today))
      assert.notInclude(counter?.item, `4242:${start.update_id}"`)
      assert.isAtMost(counter?.item.match(/4242:/g)?.length ?? 0, countedLimit)
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: rush.length })
    }).pipe(inWorld),
  )
})

describe("every update that was answered 200", () => {
  it.effect("ends in exactly one outcome, and one count of it", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const updates = [
        yield* says(ana, "/start"),
        yield* taps(ana, "play_audio"),
        yield* says(ana, "hello"),
        yield* ofKind("poll"),
        { update_id: 6_200_000_000, message: {} },
      ]
      yield* tell(...updates.map((update) => Effect.succeed(update)))
      for (const update of updates) assert.isDefined(yield* outcomeOf(update))
      const { of } = yield* Counted
      assert.deepStrictEqual([of("UpdatesApplied"), of("UpdatesIgnored"), of("UpdatesParked")], [3, 1, 1])
      assert.strictEqual(of("UpdatesAccepted"), updates.length)
      assert.strictEqual(of("FailedRecords"), 0)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})
