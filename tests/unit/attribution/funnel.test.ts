import { codesPerDay, counterShards, rememberedLimit } from "@concierge/core/delivery/times.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { Funnel } from "@concierge/core/services/Funnel.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import { firstSmokeId } from "@concierge/core/updates/smoke.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states } from "../../fixtures/concierge.ts"
import { tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { counters, outcomeOf, queued, settings } from "../../layers/seen.ts"
import { botId, inWorld } from "../../layers/testWorld.ts"
import { ofKind, says, somebody, taps } from "../../layers/updates.ts"

const inAnotherContainer = Effect.provide(Layer.fresh(Composed.layer))

/** A source of chance by which a container gets this shard. */
const aShard = (shard: number) =>
  Layer.succeed(Random.Random, { nextIntUnsafe: () => shard, nextDoubleUnsafe: () => (shard + 0.5) / counterShards })

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

  it.effect("counts nothing that the smoke test made up, in no figure", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const smoke = [
        says(ana, "/start", { updateId: firstSmokeId + 1 }),
        taps(ana, "play_audio", { updateId: firstSmokeId + 2 }),
      ]
      yield* tell(...smoke, says(somebody(), "/start"))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: 1 })
      const counted = yield* Counted
      assert.deepStrictEqual([counted.of("VideoReached"), counted.of("GreetingReached")], [1, 0])
      assert.lengthOf(counted.values("StartToVideo"), 1)
    }).pipe(inWorld),
  )

  it.effect("counts no repeats, menus or hints", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "watch_video"), says(ana, "/menu"), says(ana, "hello"))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: 1 })
    }).pipe(inWorld),
  )

  it.effect("remembers no more ids than are in hand, whoever counted them", () =>
    Effect.gen(function* () {
      for (let people = 0; people < 60; people++) yield* tell(says({ ...somebody(), id: 8_000 + people * 8 }, "/start"))
      const [counter, ...more] = (yield* settings).filter(({ key }) => key.startsWith(today))
      assert.lengthOf(more, 0)
      assert.isAtMost(counter?.item.match(/"i:4242:/g)?.length ?? 0, 2)
      assert.deepStrictEqual(yield* counters(today), { [states.video]: 60 })
    }).pipe(inWorld),
  )

  it.effect("lets go of what dead workers left, once it is more than the living have in hand", () =>
    Effect.gen(function* () {
      const starts = yield* Effect.forEach(Array.from({ length: rememberedLimit + 5 }), () =>
        says(somebody(), "/start"),
      )
      yield* tell(...starts.map((start) => Effect.succeed(start)))
      // As if each had been counted by a worker that died before it could count another one here.
      const { sqlite } = yield* Tables
      const left = Object.fromEntries(starts.map(({ update_id }) => [`i:${botId}:${update_id}`, "1/s"]))
      sqlite
        .prepare("UPDATE settings SET item = json_patch(item, ?) WHERE key LIKE 'funnel#%'")
        .run(JSON.stringify(left))
      const ids = Effect.map(
        settings,
        (all) => all.find(({ key }) => key.startsWith(today))?.item.match(/"i:4242:/g)?.length ?? 0,
      )
      assert.isAbove(yield* ids, rememberedLimit)
      const living = (yield* Funnel).shard
      const another = Effect.provide(Layer.fresh(Composed.layer).pipe(Layer.provideMerge(aShard(living))))
      yield* another(tell(says(somebody(), "/start"), says(somebody(), "/start")))
      assert.isAtMost(yield* ids, 2)
      for (const start of starts.slice(0, 3)) yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* counters(today), { [states.video]: starts.length + 2 })
    }).pipe(inWorld),
  )

  it.effect("knows strangers' codes up to a thousand a day, and counts the rest together", () =>
    Effect.gen(function* () {
      const funnel = yield* Funnel
      const at = iso("2026-03-04T05:06:07.000Z")
      for (let code = 0; code < codesPerDay; code++) {
        assert.deepStrictEqual(yield* funnel.admit({ code: `c${code}` }, at), { code: `c${code}` })
      }
      const { calls } = yield* Tables
      const { writes } = calls
      assert.deepStrictEqual(yield* funnel.admit({ code: "one more" }, at), { other: true })
      assert.deepStrictEqual(yield* funnel.admit({ code: "c7" }, at), { code: "c7" })
      assert.strictEqual(calls.writes, writes)
      assert.deepStrictEqual(yield* funnel.admit({ linkId: "abcdEFGH0123-_xy" }, at), { linkId: "abcdEFGH0123-_xy" })
      assert.deepStrictEqual(yield* funnel.admit({ code: "one more" }, plus(at, "1 day")), { code: "one more" })
      const again = Effect.flatMap(Funnel, (funnel) => funnel.admit({ code: "a third" }, plus(at, 5)))
      assert.deepStrictEqual(yield* inAnotherContainer(again), { other: true })
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
