import dynalite from "dynalite"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** DynamoDB in memory, on loopback. Gives the endpoint. */
export const dynamoDb: Effect.Effect<string, never, Scope.Scope> = Effect.gen(function* () {
  const server = dynalite({ createTableMs: 0 })
  yield* Effect.acquireRelease(
    Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
    () =>
      Effect.promise(() => {
        server.closeAllConnections()
        return new Promise<void>((resolve) => server.close(() => resolve()))
      }),
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return `http://127.0.0.1:${port}`
})
