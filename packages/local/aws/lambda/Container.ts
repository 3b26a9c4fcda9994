import { randomUUID } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Invocation, Outcome, Ready } from "./messages.ts"
import { isAlive, type ProcessOptions, spawn, stop } from "./process.ts"

/** The function threw, its process died, or its time was up. */
export class FunctionError extends Schema.TaggedError<FunctionError>()("FunctionError", { message: Schema.String }) {}

export interface Options extends ProcessOptions {
  /** Milliseconds that an invocation may take. */
  readonly timeout: number
}

/** A process that has loaded a bundle, and works one invocation at a time. */
export interface Container {
  readonly alive: () => boolean
  invoke(event: unknown): Effect.Effect<unknown, FunctionError>
}

type Answer = Effect.Effect<unknown, FunctionError>

export const start = (options: Options): Effect.Effect<Container, FunctionError, Scope.Scope> =>
  Effect.gen(function* () {
    const child = yield* Effect.acquireRelease(
      Effect.sync(() => spawn(options)),
      (child) => Effect.promise(() => stop(child)),
    )
    const alive = () => isAlive(child)
    const waiting = new Map<string, (answer: Answer) => void>()
    const settle = (id: string, answer: Answer) => {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    }
    const asked = (id: string, ask: () => void): Answer =>
      Effect.callback((resume) => {
        waiting.set(id, resume)
        if (alive()) ask()
        else settle(id, fail(`the process of ${options.name} is gone`))
      })

    child.on("message", (message: Outcome | Ready) => {
      if ("ready" in message) settle("ready", Effect.void)
      else settle(message.id, "result" in message ? Effect.succeed(message.result) : fail(message.error))
    })
    child.once("exit", (code, signal) => {
      for (const id of waiting.keys()) settle(id, fail(`the process of ${options.name} ended: ${signal ?? code}`))
    })
    yield* asked("ready", () => {})

    const { name, timeout } = options
    // As Lambda does with a function whose time is up: the process cannot be trusted any more.
    const tooLate = Effect.andThen(
      Effect.promise(() => stop(child, "SIGKILL")),
      fail(`${name} took more than ${timeout} ms`),
    )
    return {
      alive,
      invoke: (event) =>
        Effect.suspend(() => {
          const id = randomUUID()
          const invocation: Invocation = { id, event, deadline: Date.now() + timeout }
          // A message that does not arrive is answered for by the end of the process.
          return asked(id, () => void child.send(invocation, () => {}))
        }).pipe(Effect.timeoutOrElse({ duration: timeout, orElse: () => tooLate })),
    }
  })

const fail = (message: string) => Effect.fail(new FunctionError({ message }))
