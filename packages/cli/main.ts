import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { exitCodeOf } from "./exitCode.ts"
import { arrive, givenArguments } from "./places/again.ts"
import { program } from "./program.ts"

const fiber = Effect.runFork(
  Effect.suspend(() => {
    arrive()
    return program(givenArguments())
  }),
)
// What is being written is written to its end, then it stops. A second time, at once.
const stop = () => fiber.interruptUnsafe()
process.once("SIGINT", stop).once("SIGTERM", stop)
fiber.addObserver((exit) => {
  process.off("SIGINT", stop).off("SIGTERM", stop)
  if (Exit.isFailure(exit)) process.exitCode = exitCodeOf(exit.cause)
})
