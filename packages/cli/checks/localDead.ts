import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Check, ok, wrong } from "./Check.ts"

export const localDead: Check<DeadLetters> = {
  name: "dead letters",
  look: Effect.gen(function* () {
    const { letters } = yield* DeadLetters
    const count = yield* Stream.runCount(letters)
    return count === 0
      ? ok("none")
      : wrong(`${count}, each an update that failed three times`, "npx concierge dlq list")
  }).pipe(Effect.catch(() => Effect.succeed(wrong("they cannot be read", "see the line of the data")))),
}
