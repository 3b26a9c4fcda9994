import { makePace } from "@concierge/core/pace/makePace.ts"
import { noRate, Rate } from "@concierge/core/pace/Rate.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { untilDone } from "../../layers/untilDone.ts"

const stores = SqliteSettings.layer.pipe(Layer.provideMerge(Tables.layer(":memory:")))

const now = Date.UTC(2026, 2, 4, 12)

/** Found a minute ago, 30 a second; a hundred newcomers have tickets of turns that are to come. */
const found: Rate = {
  ...noRate,
  version: 1,
  at: now,
  epoch: 1,
  perSecond: 30,
  since: now,
  come: 900,
  free: 300,
  taps: 600,
  nextTap: 900,
  ticket: 400,
  resumed: [now - 60_000, 800],
  probeAt: now + 600_000,
}

/** Milliseconds after which each newcomer had a turn, who came one after the other; and how often the rate was written. */
const waited = Effect.fnUntraced(function* (rate: Rate, people: number, apart: number) {
  yield* TestClock.setTime(now)
  const settings = yield* Settings
  yield* settings.swap({ key: "pace#test", before: undefined, value: rate })
  const pace = yield* makePace("pace#test")
  const come = Effect.fnUntraced(function* (index: number) {
    yield* Effect.sleep(index * apart)
    const arrivedAt = toIso(yield* Clock.currentTimeMillis)
    yield* pace.take({ chatId: 1 + index, lane: "arrival", arrivedAt, patience: Duration.minutes(1) })
    return (yield* Clock.currentTimeMillis) - now
  })
  const times = yield* untilDone(
    Effect.forEach(
      Array.from({ length: people }, (_, index) => index),
      come,
      { concurrency: "unbounded" },
    ),
  )
  const { version } = yield* Schema.decodeUnknownEffect(Rate)(Option.getOrThrow(yield* settings.get("pace#test")))
  return { times, writes: version - rate.version }
})

describe("taps that have gone", () => {
  it.effect(
    "are no matter after a silence of which their worker hears only when it counts them, nor are calls without a turn",
    () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(now)
        const settings = yield* Settings
        yield* settings.swap({ key: "pace#test", before: undefined, value: found })
        const pace = yield* makePace("pace#test")
        const tap = (chatId: number) =>
          untilDone(pace.take({ chatId, lane: "tap", arrivedAt: toIso(now), patience: Duration.minutes(1) }))
        yield* Effect.forEach([1, 2, 3, 4, 5], tap)
        yield* pace.use({ _tag: "Turn", at: now, epoch: 0, lane: "tap" })
        const silent: Rate = { ...found, version: 2, epoch: 2, since: now + 5_000, resumed: [now + 5_000, 900] }
        yield* settings.swap({ key: "pace#test", before: 1, value: silent })
        assert.deepInclude(yield* tap(6), { epoch: 2 })
        const { taps } = yield* Schema.decodeUnknownEffect(Rate)(Option.getOrThrow(yield* settings.get("pace#test")))
        assert.strictEqual(taps, silent.taps + 1)
      }).pipe(Effect.provide(stores, { local: true })),
  )
})

describe("newcomers in one worker", () => {
  it.effect("who stand behind others ask together, though they come one after the other", () =>
    Effect.gen(function* () {
      const { writes } = yield* waited(found, 10, 25)
      assert.isAtMost(writes, 2)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("go when their turns come, also while those behind them have yet to ask", () =>
    Effect.gen(function* () {
      const { times } = yield* waited({ ...found, ticket: 310 }, 60, 25)
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
      // A turn comes each 33 ms.
      assert.isAtMost(Math.max(...gaps), 50)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})
