import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { type Container, type Options as ContainerOptions, type FunctionError, start } from "./Container.ts"

export interface Options extends ContainerOptions {
  /** Containers at most; further invocations wait for one. */
  readonly concurrency: number
}

export interface LambdaFunction {
  /** An invocation once begun goes on, whether or not anybody waits for it still. */
  invoke(event: unknown): Effect.Effect<unknown, FunctionError>
}

/** A function of Lambda's: where no container is idle a new one is started, and it stays. */
export const makeFunction = ({ concurrency, ...options }: Options): Effect.Effect<LambdaFunction, never, Scope.Scope> =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const permits = yield* Semaphore.make(concurrency)
    const idle: Array<Container> = []
    const work = Effect.fnUntraced(function* (event: unknown) {
      const container = idle.pop() ?? (yield* Scope.provide(start(options), scope))
      const giveBack = Effect.sync(() => void (container.alive() && idle.push(container)))
      return yield* Effect.ensuring(container.invoke(event), giveBack)
    })
    return {
      invoke: (event) => Effect.flatMap(Effect.forkIn(permits.withPermit(work(event)), scope), Fiber.join),
    }
  })
