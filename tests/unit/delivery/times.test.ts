import { maxAgeOf } from "@concierge/core/config.ts"
import { busyRetry } from "@concierge/core/delivery/begin.ts"
import * as times from "@concierge/core/delivery/times.ts"
import { millisOf } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { untilDone } from "../../layers/untilDone.ts"

/** All in milliseconds. */
const [deadline, lastAnswer, lastBegin, lastSend, lastTurn, lease] = [
  millisOf(times.deadline),
  millisOf(times.lastAnswer),
  millisOf(times.lastBegin),
  millisOf(times.lastSend),
  millisOf(times.lastTurn),
  millisOf(times.lease),
]
const outageWait = (attempt: number, chance: number): number => millisOf(times.outageWait(attempt, chance))
const maxAgeOfDays = (days: number): number => millisOf(maxAgeOf(Duration.days(days)))

/** How long somebody busy is waited for, in milliseconds. */
const busyWait = Effect.gen(function* () {
  const start = yield* Clock.currentTimeMillis
  yield* Effect.ignore(untilDone(Effect.retry(Effect.fail("busy"), busyRetry)))
  return (yield* Clock.currentTimeMillis) - start
})

const visibility = millisOf(times.visibility)
const day = 86_400_000

describe("the times of delivery", () => {
  it("an answer that comes last comes before the deadline; what is begun last may take a known file's whole time", () => {
    assert.isAtMost(lastAnswer, deadline - 2_000)
    assert.isAtMost(lastBegin + millisOf(times.knownFileTimeout), lastAnswer - 10_000)
    assert.strictEqual(lastSend + millisOf(times.fileTimeout), lastAnswer)
    assert.isBelow(millisOf(times.textTimeout), millisOf(times.knownFileTimeout))
    assert.isBelow(millisOf(times.knownFileTimeout), millisOf(times.fileTimeout))
  })

  it("a lease outlives the invocation, clocks that differ and a write under way; the visibility outlives the lease", () => {
    assert.isAtLeast(lease, deadline + 10_000)
    assert.isAbove(visibility, lease)
    assert.isAtLeast(visibility, 6 * deadline)
  })

  it.effect("waiting in place ends within about five seconds, and in time to send", () =>
    Effect.gen(function* () {
      for (let seed = 0; seed < 20; seed++) {
        const waited = yield* Random.withSeed(busyWait, seed)
        assert.isAtMost(waited, 5_000)
        assert.isAtLeast(waited, 3_000)
      }
    }),
  )

  it("a turn that came last leaves time to wait for somebody busy, and to begin", () => {
    assert.isAtMost(lastTurn + 5_000, lastBegin)
  })

  it("events outlive every update that is still worked, whatever their retention", () => {
    for (const days of [19, 20, 30, 31, 90]) assert.isAtMost(maxAgeOfDays(days), (days - 1) * day)
    assert.strictEqual(maxAgeOfDays(90), 30 * day)
  })

  it("a tombstone outlives every message from before it: queue, dead letters and a day", () => {
    assert.isAtLeast(millisOf(times.tombstoneLife), (4 + 14 + 1) * day)
  })
})

describe("the wait while Telegram is down", () => {
  it("doubles from two seconds to five minutes, spread over as much again", () => {
    assert.deepStrictEqual(
      [0, 1, 2, 7, 8, 1_000].map((attempt) => outageWait(attempt, 0)),
      [2_000, 4_000, 8_000, 256_000, 300_000, 300_000],
    )
    assert.strictEqual(outageWait(0, 0.5), 3_000)
    assert.strictEqual(outageWait(1_000, 0.999), 599_700)
  })
})
