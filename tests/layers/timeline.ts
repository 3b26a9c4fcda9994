import { Timer } from "@concierge/aws/sdk/call.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import type { Proxy } from "./proxy.ts"
import { timerBy } from "./timerBy.ts"

/**
 * Runs calls through the proxy on the test's clock. It goes on only when nothing else can: when every attempt is one
 * that the proxy holds, and then to the next moment that somebody waits for. So times on the wire are exact, however
 * slow the machine. An attempt is known by its timeout, in milliseconds. `chance` decides all jitter: half is none.
 */
export const onTimeline = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  { chance = 0.5, proxy, timeout }: { readonly proxy: Proxy; readonly timeout: number; readonly chance?: number },
) =>
  TestClock.testClockWith((clock) =>
    Effect.gen(function* () {
      proxy.now = () => clock.currentTimeMillisUnsafe()
      const started = proxy.now()
      const seen = proxy.requests.length
      const sleeps = new Set<{ readonly end: number; readonly isAttempt: boolean }>()
      const watched: Clock.Clock = {
        ...clock,
        sleep: (duration) =>
          Effect.acquireUseRelease(
            Effect.sync(() => {
              const millis = Duration.toMillis(duration)
              const sleep = { end: proxy.now() + millis, isAttempt: millis === timeout }
              sleeps.add(sleep)
              return sleep
            }),
            () => clock.sleep(duration),
            (sleep) => Effect.sync(() => sleeps.delete(sleep)),
          ),
      }
      const isIdle = (): boolean =>
        sleeps.size > 0 && [...sleeps].filter(({ isAttempt }) => isAttempt).length === proxy.held.size
      const fiber = yield* effect.pipe(
        Effect.exit,
        Effect.provideService(Clock.Clock, watched),
        Effect.provideService(Timer, timerBy(watched)),
        Effect.provideService(Random.Random, { nextIntUnsafe: () => 0, nextDoubleUnsafe: () => chance }),
        Effect.forkChild,
      )
      // Whoever has ended has hung up, too: what the proxy holds is let go.
      while (fiber.pollUnsafe() === undefined || proxy.held.size > 0) {
        yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
        if (fiber.pollUnsafe() !== undefined || !isIdle()) continue
        const next = Math.min(...[...sleeps].map(({ end }) => end), ...[...proxy.held].map(({ until }) => until))
        yield* clock.adjust(next - proxy.now())
        for (const held of proxy.held) if (held.until <= next) held.release()
      }
      const requests = proxy.requests.slice(seen)
      return {
        exit: yield* Fiber.join(fiber),
        requests,
        /** When each attempt was on the wire, and when the call ended, in milliseconds from its beginning. */
        attempts: requests.map(({ at }) => at - started),
        total: proxy.now() - started,
      }
    }),
  )
