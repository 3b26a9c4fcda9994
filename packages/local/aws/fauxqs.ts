import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { buildApp } from "fauxqs"
import { rememberGroups } from "./sqs/rememberGroups.ts"

/** SQS and S3 in memory, on loopback alone (its own `startFauxqs` listens to everybody). Gives the endpoint. */
export const fauxqs: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(async () => {
    const app = buildApp({ logger: false })
    const withGroups = rememberGroups()
    app.addHook("preSerialization", async ({ body, headers }, _reply, payload) =>
      withGroups(String(headers["x-amz-target"]), body, payload),
    )
    return { app, endpoint: await app.listen({ port: 0, host: "127.0.0.1" }) }
  }),
  ({ app }) => Effect.promise(() => app.close()),
).pipe(Effect.map(({ endpoint }) => endpoint))
