import * as Effect from "effect/Effect"

/** The stage's tables, of `sst shell`. */
export const tableNames = Effect.gen(function* () {
  const [{ stageConfig }, { tables }] = yield* Effect.promise(() =>
    Promise.all([import("./stageConfig.ts"), import("@concierge/aws/lambda/read.ts")]),
  )
  return yield* stageConfig(tables)
})
