import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { Stats } from "../store/Stats.ts"
import { StandIn } from "../telegram/StandIn.ts"
import { everything, recordRoutes } from "./records.ts"

/** What the page and anyone's script may look at of the stand-in's bot: the system's own records. */
export const sandboxRoutes = Layer.mergeAll(
  recordRoutes("/sandbox", () => everything),
  HttpRouter.use((router) =>
    Effect.gen(function* () {
      const stats = yield* Stats
      const telegram = yield* StandIn
      yield* router.add(
        "GET",
        "/sandbox/stats",
        Effect.gen(function* () {
          const { sent } = yield* telegram.counters
          return HttpServerResponse.jsonUnsafe({ ...(yield* stats.counts), sent })
        }),
      )
    }),
  ),
)
