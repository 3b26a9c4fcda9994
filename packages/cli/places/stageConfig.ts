import { environment } from "@concierge/aws/lambda/environment.ts"
import { problemOf } from "@concierge/aws/lambda/read.ts"
import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** What `sst shell` tells of the stage. */
export const stageConfig = <A>(config: Config.Config<A>): Effect.Effect<A, BadInput> =>
  Effect.provide(config, environment).pipe(
    Effect.mapError(
      (error) => new BadInput({ advice: `${problemOf(error)}. Run it with --stage, or inside sst shell` }),
    ),
  )
