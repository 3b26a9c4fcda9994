import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * A client that is loaded with the first call which needs it: S3's and Polly's are a third of the worker's code, and a
 * first message needs neither. Closed with the scope.
 */
export const late = <A extends { readonly client: { destroy(): void } }>(
  load: () => Promise<A>,
): Effect.Effect<Effect.Effect<A>, never, Scope.Scope> =>
  Effect.gen(function* () {
    let loaded: Promise<A> | undefined
    yield* Effect.addFinalizer(() =>
      Effect.promise(async () => {
        if (loaded !== undefined) (await loaded).client.destroy()
      }),
    )
    return Effect.promise(() => {
      loaded ??= load()
      return loaded
    })
  })
