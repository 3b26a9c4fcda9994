import { Timer } from "@concierge/aws/sdk/call.ts"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { timerBy } from "./timerBy.ts"

/**
 * Runs what waits for answers of servers in this process and for the test's clock, which goes on by a millisecond with
 * every turn of the event loop: an answer takes some tens of turns, however slow the machine.
 */
export const fastForward = Effect.fnUntraced(function* <A, E, R>(effect: Effect.Effect<A, E, R>) {
  const timer = yield* TestClock.testClockWith((clock) => Effect.succeed(timerBy(clock)))
  const fiber = yield* Effect.forkChild(Effect.provideService(effect, Timer, timer))
  while (fiber.pollUnsafe() === undefined) {
    yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
    yield* TestClock.adjust("1 millis")
  }
  return yield* Fiber.join(fiber)
})
