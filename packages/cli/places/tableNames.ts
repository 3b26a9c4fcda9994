import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** The stage's tables, of `sst shell`. */
export const tableNames = Effect.gen(function* () {
  const [{ environment }, { problemOf, tables }] = yield* Effect.promise(() =>
    Promise.all([import("@concierge/aws/lambda/environment.ts"), import("@concierge/aws/lambda/read.ts")]),
  )
  return yield* Effect.provide(tables, environment).pipe(
    Effect.mapError(
      (error) => new BadInput({ advice: `${problemOf(error)}. Run it with --stage, or inside sst shell` }),
    ),
  )
})
