import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { Connection } from "../bot/Connection.ts"
import { Stats } from "../store/Stats.ts"
import { operationRoutes } from "./operations.ts"
import { everything, noNames, recordRoutes } from "./records.ts"

/** What its owner may look at of the real bot: no names and no words unless they are asked for, with `?names=1`. */
export const botRoutes = Layer.mergeAll(
  recordRoutes("/real", (names) => (names ? everything : noNames)),
  operationRoutes("/real"),
  HttpRouter.use((router) =>
    Effect.gen(function* () {
      const connection = yield* Connection
      const stats = yield* Stats
      yield* router.add(
        "GET",
        "/real/stats",
        Effect.map(stats.counts, (counts) => HttpServerResponse.jsonUnsafe(counts)),
      )
      yield* router.add(
        "GET",
        "/real/standing",
        Effect.map(connection.standing, (standing) => HttpServerResponse.jsonUnsafe(standing)),
      )
    }),
  ),
)
