import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"

/**
 * So many turns of the event loop and whatever is going to sleep does: nothing here waits for anything real, but for tables in
 * a file, whose commits and what follows from them come in turns of their own. Those are waited for, up to so many: one of these
 * within another is always under way.
 */
const [turns, most] = [8, 100]

const isUnderWay = (): boolean => process.getActiveResourcesInfo().includes("Immediate")

/**
 * Runs to the end, moving the test's clock on to the next moment that something waits for whenever nothing else is left
 * to do. What happens has its exact time, and no time passes but what is waited for.
 */
export const untilDone = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  TestClock.testClockWith((clock) =>
    Effect.gen(function* () {
      const sleeps = new Set<{ readonly end: number }>()
      const watched: Clock.Clock = {
        ...clock,
        sleep: (duration) =>
          Effect.acquireUseRelease(
            Effect.sync(() => {
              const sleep = { end: clock.currentTimeMillisUnsafe() + Duration.toMillis(duration) }
              sleeps.add(sleep)
              return sleep
            }),
            () => clock.sleep(duration),
            (sleep) => Effect.sync(() => sleeps.delete(sleep)),
          ),
      }
      const fiber = yield* Effect.forkChild(Effect.provideService(effect, Clock.Clock, watched))
      const isDone = (): boolean => fiber.pollUnsafe() !== undefined
      while (!isDone()) {
        for (let turn = 0; (turn < turns || (turn < most && isUnderWay())) && !isDone(); turn++) {
          yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
        }
        if (!isDone() && sleeps.size > 0) yield* clock.setTime(Math.min(...[...sleeps].map(({ end }) => end)))
      }
      return yield* Fiber.join(fiber)
    }),
  )
