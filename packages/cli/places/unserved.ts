import type { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import type { Parked } from "@concierge/core/services/Parked.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { dataFile } from "./dataFile.ts"
import type { Place } from "./Place.ts"
import { neededResource } from "./resource.ts"
import { tableNames } from "./tableNames.ts"

/** What did not get through. */
export const unserved: Place<DeadLetters | Parked> = {
  here: Layer.unwrap(
    Effect.gen(function* () {
      const path = yield* dataFile
      const [letters, parked, Tables] = yield* Effect.promise(() =>
        Promise.all([
          import("@concierge/local/queue/DeadLetters.ts"),
          import("@concierge/local/store/Parked.ts"),
          import("@concierge/local/store/Tables.ts"),
        ]),
      )
      return Layer.merge(letters.layer, parked.layer).pipe(Layer.provide(Tables.layer(path)))
    }),
  ),
  stage: Layer.unwrap(
    Effect.gen(function* () {
      const names = yield* tableNames
      const url = yield* neededResource("DeadLetters", "url")
      const [letters, parked] = yield* Effect.promise(() =>
        Promise.all([import("@concierge/aws/sqs/DeadLetters.ts"), import("@concierge/aws/dynamo/Parked.ts")]),
      )
      return Layer.merge(letters.layer({ url }), parked.layer({ table: names.events }))
    }),
  ),
}
