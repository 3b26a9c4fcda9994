import { join } from "node:path"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { RealBot } from "./bot/RealBot.ts"
import { banner } from "./host/banner.ts"
import { hold } from "./host/hold.ts"
import { hostLayer, hostWithBotLayer } from "./host/host.ts"
import { ofConfig, ofServer, Problem } from "./host/Problem.ts"
import { type HostSettings, type RealSettings, settings } from "./host/settings.ts"
import { logDirectory, loggingLayer } from "./log/logging.ts"
import { telemetryLayer } from "./log/telemetry.ts"

/** The functions as they are deployed, which need more than most starts do. */
const awsHost = (chosen: HostSettings) =>
  Layer.launch(Layer.unwrap(Effect.promise(async () => (await import("./aws/awsHost.ts")).awsHost(chosen))))

const host = (chosen: HostSettings) =>
  Layer.launch(Layer.provide(Layer.effectDiscard(banner(chosen)), hostLayer(chosen)))

const hostWithBot = (chosen: HostSettings, real: RealSettings) =>
  Effect.andThen(
    banner(chosen),
    RealBot.use(({ serve }) => serve),
  ).pipe(Effect.provide(hostWithBotLayer(chosen, real)))

const noRealBotInAws = new Problem({
  advice: "With --aws the functions serve the stand-in only: leave TELEGRAM_BOT_TOKEN out, or --aws.",
})

const start = (chosen: HostSettings) => {
  if (process.argv.includes("--aws")) return chosen.real === undefined ? awsHost(chosen) : Effect.fail(noRealBotInAws)
  return chosen.real === undefined ? host(chosen) : hostWithBot(chosen, chosen.real)
}

const main = Effect.gen(function* () {
  const chosen = yield* settings
  yield* hold(chosen.data)
  return yield* start(chosen).pipe(
    Effect.catchTags({
      ServeError: (error) => Effect.fail(ofServer(chosen.port)(error)),
      ConfigError: (error) => Effect.fail(ofConfig(error)),
    }),
    Effect.provide(telemetryLayer),
    Effect.provide(loggingLayer(chosen.logFormat, join(chosen.data, logDirectory))),
    Effect.provideService(References.MinimumLogLevel, chosen.logLevel),
  )
}).pipe(
  Effect.scoped,
  Effect.tapErrorTag("Problem", ({ advice }) => Console.error(advice)),
)

// What the host and its emulators write is for its owner only: the tables hold people, and the stand-in's the secret.
process.umask(0o077)

NodeRuntime.runMain(Effect.provide(main, NodeServices.layer))
