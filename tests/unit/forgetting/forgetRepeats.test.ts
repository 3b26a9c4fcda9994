import { processBatch } from "@concierge/core/delivery/batch.ts"
import { lease, visibility } from "@concierge/core/delivery/times.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, drainVisible, nextBatch, receive, setAside, tell } from "../../layers/drive.ts"
import { eventOf, outcomeOf, queued, storedUser, userOf } from "../../layers/seen.ts"
import { hangs, TelegramTest } from "../../layers/telegram.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { blocks, says, somebody, taps } from "../../layers/updates.ts"
import { asked } from "./asked.ts"

/** Forgotten, with an update of before that was worked and one that was not yet. */
const forgotten = Effect.gen(function* () {
  const ana = somebody()
  const [start, late] = [yield* says(ana, "/start"), yield* says(ana, "/start ref_late")]
  yield* tell(Effect.succeed(start))
  const { yes } = yield* asked(ana)
  const held = yield* setAside(Effect.succeed(late))
  yield* receive(yield* taps(ana, yes))
  yield* drainVisible
  assert.isUndefined(yield* storedUser(ana))
  return { ana, start, late, held }
})

describe("a repeat from before somebody was forgotten leaves no record of them", () => {
  it.effect("though its worker dies after the begin", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      yield* receive(start)
      const { isDead } = yield* crashing(yield* nextBatch, 1, "before")
      assert.isTrue(isDead)
      assert.deepInclude(yield* userOf(ana), { version: 0, unresolved: 1 })
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inMortalWorld),
  )

  it.effect.each([1, 2, 3])("nor one that was never worked, whose worker dies before write %s", (left) =>
    Effect.gen(function* () {
      const { ana, held, late } = yield* forgotten
      const { isDead } = yield* crashing(held, left, "before")
      assert.isTrue(isDead)
      yield* TestClock.adjust(visibility)
      assert.isEmpty(yield* untilDone(processBatch(held)))
      const event = yield* eventOf(late)
      assert.strictEqual(event?.outcome, "ignored: forgotten")
      // Whoever died before it was ended may have said something, as far as can be known.
      assert.strictEqual(event?.ambiguous, left < 3 ? 1 : undefined)
      assert.isUndefined(yield* storedUser(ana))
    }).pipe(inMortalWorld),
  )

  it.effect("and adds no doubt about whoever came back meanwhile", () =>
    Effect.gen(function* () {
      const { ana, held, late } = yield* forgotten
      yield* TestClock.adjust("1 second")
      yield* tell(says(ana, "/start"))
      assert.isEmpty(yield* untilDone(processBatch(held)))
      const event = yield* eventOf(late)
      assert.strictEqual(event?.outcome, "ignored: forgotten")
      assert.notProperty(event, "ambiguous")
      assert.deepInclude(yield* userOf(ana), { state: states.video, unresolved: 0, ambiguous: 0 })
    }).pipe(inMortalWorld),
  )

  it.effect("though the answer of its begin is lost, and it is asked for again", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      const users = yield* Users
      yield* receive(start)
      const twice = Users.of({ ...users, begin: (input) => Effect.andThen(users.begin(input), users.begin(input)) })
      yield* Effect.provideService(untilDone(processBatch(yield* nextBatch)), Users, twice)
      assert.isUndefined(yield* storedUser(ana))
    }).pipe(inMortalWorld),
  )

  it.effect("and what it leaves behind meanwhile does not make them one who came back", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      yield* receive(start)
      yield* crashing(yield* nextBatch, 1, "before")
      const block = yield* blocks(ana)
      yield* tell(Effect.succeed(block))
      assert.strictEqual(yield* outcomeOf(block), "ignored: forgotten")
      assert.isUndefined(yield* storedUser(ana))
    }).pipe(inMortalWorld),
  )

  it.effect("unless they came back, and what they are told is in doubt", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* forgotten
      yield* receive(start)
      yield* crashing(yield* nextBatch, 1, "before")
      // The dead worker's lock has expired, and the queue does not show its message again yet.
      yield* TestClock.adjust(Duration.sum(lease, Duration.seconds(1)))
      const telegram = yield* TelegramTest
      telegram.script.push(hangs)
      yield* receive(yield* says(ana, "/start"))
      yield* drainVisible
      yield* receive(start)
      yield* drain
      const user = yield* userOf(ana)
      assert.strictEqual(user.state, states.video)
      assert.isAtLeast(user.ambiguous, 1)
    }).pipe(inMortalWorld),
  )
})
