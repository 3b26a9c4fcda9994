import * as LinksLayer from "@concierge/core/layers/Links.ts"
import type { Archive } from "@concierge/core/services/Archive.ts"
import type { Events } from "@concierge/core/services/Events.ts"
import type { Links } from "@concierge/core/services/Links.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { dataFile } from "./dataFile.ts"
import type { Place } from "./Place.ts"
import { tableNames } from "./tableNames.ts"

export type Stores = Archive | Events | Links | Settings

const here: Place<Stores>["here"] = Layer.unwrap(
  Effect.gen(function* () {
    const path = yield* dataFile
    const [archive, events, settings, Tables] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/local/store/Archive.ts"),
        import("@concierge/local/store/Events.ts"),
        import("@concierge/local/store/Settings.ts"),
        import("@concierge/local/store/Tables.ts"),
      ]),
    )
    const stores = Layer.mergeAll(archive.layer, events.layer, settings.layer)
    return LinksLayer.layer.pipe(Layer.provideMerge(stores), Layer.provide(Tables.layer(path)))
  }),
)

const stage: Place<Stores>["stage"] = Layer.unwrap(
  Effect.gen(function* () {
    const names = yield* tableNames
    const [archive, Dynamo, events, settings] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/aws/dynamo/Archive.ts"),
        import("@concierge/aws/dynamo/Dynamo.ts"),
        import("@concierge/aws/dynamo/Events.ts"),
        import("@concierge/aws/dynamo/Settings.ts"),
      ]),
    )
    const stores = Layer.mergeAll(events.layer, settings.layer).pipe(Layer.provide(Dynamo.layer(names)))
    return LinksLayer.layer.pipe(Layer.provideMerge(Layer.merge(stores, archive.layer(names))))
  }),
)

/** What links and the funnel are read from and written to. */
export const stores: Place<Stores> = { here, stage }
