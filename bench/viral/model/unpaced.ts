import { Pace } from "@concierge/core/services/Pace.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** Everybody goes at once, whatever was refused. */
export const unpaced = Effect.succeed(
  Pace.of({
    take: ({ lane }) => Effect.map(Clock.currentTimeMillis, (at) => ({ _tag: "Turn", at, epoch: 0, lane })),
    giveBack: () => Effect.void,
    isOn: Effect.succeed(false),
    isGood: () => Effect.succeed(true),
    room: Effect.void,
    use: Effect.succeed,
    refused: () => Effect.void,
    wait: () => Effect.succeed(Duration.zero),
  }),
)
