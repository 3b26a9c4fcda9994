import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"

/** Asks until there is an answer. Whoever waits in vain is told what for. */
export const eventually = <A, E, R>(
  what: string,
  ask: Effect.Effect<A | undefined, E, R>,
  seconds = 20,
): Effect.Effect<A, E, R> =>
  Effect.repeat(ask, { schedule: Schedule.spaced("30 millis"), until: (answer) => answer !== undefined }).pipe(
    Effect.flatMap((answer) => (answer === undefined ? Effect.never : Effect.succeed(answer))),
    Effect.timeoutOrElse({
      duration: seconds * 1000,
      orElse: () => Effect.die(new Error(`waited ${seconds} s in vain: ${what}`)),
    }),
  )
