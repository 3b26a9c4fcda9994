import type { Timer } from "@concierge/aws/sdk/call.ts"
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** The time-outs of the SDK's calls by that clock. */
export const timerBy =
  (clock: Clock.Clock): (typeof Timer)["Service"] =>
  (millis, end) => {
    const fiber = Effect.runFork(Effect.andThen(clock.sleep(Duration.millis(millis)), Effect.sync(end)))
    return () => fiber.interruptUnsafe()
  }
