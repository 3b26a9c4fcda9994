import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { banner } from "./host/banner.ts"
import { hostLayer } from "./host/host.ts"
import { settings } from "./host/settings.ts"

const main = Effect.gen(function* () {
  const chosen = yield* settings
  return yield* Layer.launch(Layer.effectDiscard(banner(chosen)).pipe(Layer.provide(hostLayer(chosen)))).pipe(
    Effect.provideService(References.MinimumLogLevel, chosen.logLevel),
  )
})

NodeRuntime.runMain(Effect.provide(main, NodeServices.layer))
