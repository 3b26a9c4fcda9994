import { Brand } from "@concierge/core/brand/Brand.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { StandIn } from "../telegram/StandIn.ts"
import { sampleLinks, samplePayloads } from "./sampleLinks.ts"
import { visit, visitorOf } from "./visit.ts"

/** How many come at once. */
export const crowd = 200

/** Side by side: the host shall have time for whoever looks. */
const together = 8

/** People whom nobody sent, so that there is something to see in a funnel. */
export class Visitors extends Context.Service<
  Visitors,
  {
    /** False: some are still on their way. */
    readonly come: Effect.Effect<boolean>
    readonly progress: Effect.Effect<{ readonly gone: number; readonly of: number }>
  }
>()("@concierge/local/campaigns/Visitors") {}

export const layer = Layer.effect(
  Visitors,
  Effect.gen(function* () {
    const telegram = yield* StandIn
    const links = yield* Links
    const { languages } = yield* Brand
    const scope = yield* Effect.scope
    const walk = { gone: 0, of: 0 }
    const go = Effect.gen(function* () {
      const made = sampleLinks(yield* currentIso)
      for (const [id, link] of made) yield* links.put(id, link)
      // Nobody has been here before, and what they do is the same each time.
      const first = (yield* Clock.currentTimeMillis) * 1_000
      const ids = Array.from({ length: crowd }, (_, index) => first + index)
      const visitors = yield* Effect.forEach(ids, (id) =>
        visitorOf(id, samplePayloads(made), Object.keys(languages)),
      ).pipe(Random.withSeed("visitors"))
      const oneGoes = (visitor: (typeof visitors)[number]) =>
        visit(visitor).pipe(
          Effect.provideService(StandIn, telegram),
          Effect.catch(({ problem }) => Effect.logDebug("a visitor could not go on", { problem })),
          Effect.ensuring(
            Effect.sync(() => {
              walk.gone += 1
            }),
          ),
        )
      yield* Effect.forEach(visitors, oneGoes, { concurrency: together, discard: true })
    }).pipe(
      Effect.catchCause((cause) => Effect.logWarning("the visitors did not all come", cause)),
      Effect.ensuring(Effect.sync(() => Object.assign(walk, { gone: walk.of }))),
    )
    return Visitors.of({
      come: Effect.suspend(() => {
        if (walk.gone < walk.of) return Effect.succeed(false)
        Object.assign(walk, { gone: 0, of: crowd })
        return Effect.as(Effect.forkIn(go, scope), true)
      }),
      progress: Effect.sync(() => ({ ...walk })),
    })
  }),
)
