import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * A client that is loaded with the first call which needs it: S3's, Polly's and SQS's are two fifths of the worker's code,
 * and a first message needs none. One that could not be loaded is tried again by the next call. Closed with the scope.
 */
export const late = <A extends { readonly client: { destroy(): void } }>(
  load: () => Promise<A>,
): Effect.Effect<Effect.Effect<A, Unavailable>, never, Scope.Scope> =>
  Effect.gen(function* () {
    let loaded: Promise<A> | undefined
    yield* Effect.addFinalizer(() =>
      Effect.promise(async () => (await loaded?.catch(() => undefined))?.client.destroy()),
    )
    const once = (): Promise<A> => {
      loaded ??= load().catch((cause: unknown) => {
        loaded = undefined
        throw cause
      })
      return loaded
    }
    return Effect.tryPromise({ try: once, catch: (cause) => new Unavailable({ cause }) })
  })
