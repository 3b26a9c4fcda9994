import { recount } from "@concierge/core/attribution/recount.ts"
import { Events } from "@concierge/core/services/Events.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Archive from "../../packages/local/store/Archive.ts"
import { Tables } from "../../packages/local/store/Tables.ts"
import type { Services } from "./Services.ts"

/** The counters are what a recount of the events gives, cell by cell, whatever happened. */
export const recounted = (stores: Services["stores"]) =>
  recount("").pipe(
    Effect.map(({ differences }) =>
      differences.map(
        ({ cell, counted, day, recounted }) => `RECOUNT ${day} ${cell}: ${counted}, by the events ${recounted}`,
      ),
    ),
    Effect.provide(Archive.layer.pipe(Layer.provide(Layer.succeed(Tables, stores.tables)))),
    Effect.provideService(Events, stores.events),
    Effect.orDie,
  )
