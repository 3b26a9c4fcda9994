import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { banner } from "./host/banner.ts"
import { hold } from "./host/hold.ts"
import { hostLayer } from "./host/host.ts"
import { ofConfig, ofServer } from "./host/Problem.ts"
import { type Settings, settings } from "./host/settings.ts"

/** The one-machine host, or with `--aws` the functions as they are deployed, which need more than most starts do. */
const host = (chosen: Settings) =>
  process.argv.includes("--aws")
    ? Layer.unwrap(Effect.promise(async () => (await import("./aws/start.ts")).awsHost(chosen)))
    : Layer.effectDiscard(banner(chosen)).pipe(Layer.provide(hostLayer(chosen)))

const main = Effect.gen(function* () {
  const chosen = yield* settings
  yield* hold(chosen.data)
  return yield* Layer.launch(host(chosen)).pipe(
    Effect.catchTags({
      ServeError: (error) => Effect.fail(ofServer(chosen.port)(error)),
      ConfigError: (error) => Effect.fail(ofConfig(error)),
    }),
    Effect.provideService(References.MinimumLogLevel, chosen.logLevel),
  )
}).pipe(
  Effect.scoped,
  Effect.tapErrorTag("Problem", ({ advice }) => Console.error(advice)),
)

// What the host and its emulators write is for its owner only: the tables hold people, and the stand-in's the secret.
process.umask(0o077)

NodeRuntime.runMain(Effect.provide(main, NodeServices.layer))
