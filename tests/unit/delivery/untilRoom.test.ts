import { untilRoom } from "@concierge/core/delivery/untilRoom.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { nextBatch, receive } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** Milliseconds for which a worker keeps from taking more, where there is room for newcomers after `room` of them. */
const kept = Effect.fnUntraced(function* (room: number, left: Duration.Duration) {
  const pace = Pace.of({ ...(yield* Pace), room: Effect.sleep(room) })
  const [batch, from] = [yield* nextBatch, yield* Clock.currentTimeMillis]
  yield* untilDone(Effect.provideService(untilRoom(batch, Effect.succeed(left)), Pace, pace))
  return (yield* Clock.currentTimeMillis) - from
})

describe("a worker that has worked newcomers", () => {
  it.effect("takes no more until there is room, which counts as a wait for Telegram's limit", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(somebody(), "/start"))
      assert.strictEqual(yield* kept(12_000, Duration.seconds(95)), 12_000)
      assert.deepStrictEqual((yield* Counted).values("LimitWaits"), [12_000])
    }).pipe(inWorld),
  )

  it.effect("waits no longer than for a turn", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(somebody(), "/start"))
      assert.strictEqual(yield* kept(90_000, Duration.seconds(70)), 30_000)
      yield* receive(yield* says(somebody(), "/start"))
      assert.strictEqual(yield* kept(90_000, Duration.seconds(35)), 0)
    }).pipe(inWorld),
  )

  it.effect("takes more at once after taps alone", () =>
    Effect.gen(function* () {
      yield* receive(yield* taps(somebody(), "play_audio"))
      assert.strictEqual(yield* kept(12_000, Duration.seconds(95)), 0)
      assert.isEmpty((yield* Counted).values("LimitWaits"))
    }).pipe(inWorld),
  )
})
