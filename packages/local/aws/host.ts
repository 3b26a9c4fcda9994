import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { botToken } from "../host/botToken.ts"
import { brandRoutes } from "../host/brandRoutes.ts"
import { front } from "../host/front.ts"
import { healthy } from "../host/health.ts"
import { introduce } from "../host/introduce.ts"
import { page } from "../host/page.ts"
import { sandboxRoutes } from "../host/sandbox.ts"
import { serverLayer } from "../host/server.ts"
import { seed } from "../media/seed.ts"
import { telegramRoutes } from "../telegram/routes.ts"
import * as StandIn from "../telegram/StandIn.ts"
import { gatewayRoute } from "./gateway.ts"
import { pollQueues } from "./pollQueues.ts"
import { workers as containers } from "./Stage.ts"
import { type AwsOptions, servicesLayer } from "./services.ts"

/**
 * The bundled functions behind one port of 127.0.0.1, with the same page and the same Telegram as the one-machine host.
 * It listens when all of it is there, so that no early request is lost.
 */
export const awsHostLayer = (options: AwsOptions & { readonly port: number }) => {
  const { brand, port } = options
  const origin = `http://127.0.0.1:${port}`
  const health = HttpRouter.add("GET", "/healthz", healthy)
  const routes = Layer.mergeAll(health, gatewayRoute, sandboxRoutes, brandRoutes, telegramRoutes, page)
  const server = HttpRouter.serve(routes, {
    disableLogger: true,
    disableListenLog: true,
    middleware: front(port),
  }).pipe(Layer.provideMerge(serverLayer(port)))
  return goOn(options, origin).pipe(
    Layer.provideMerge(server),
    Layer.provideMerge(Layer.mergeAll(servicesLayer(options, origin), telegram(brand))),
  )
}

/** AWS starts anew with the process, and so does Telegram. */
const telegram = ({ bot }: AwsOptions["brand"]) =>
  StandIn.layer({
    path: ":memory:",
    botToken: Redacted.value(botToken),
    botUsername: bot.username,
    botName: bot.name,
  })

/** What goes on beside answering requests. */
const goOn = ({ brand, secret, workers = containers }: AwsOptions, origin: string) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const telegram = yield* StandIn.StandIn
      yield* seed
      yield* introduce(brand)
      yield* Effect.forkScoped(pollQueues(workers))
      const values = { url: `${origin}/telegram/webhook`, secret_token: Redacted.value(secret) }
      yield* telegram.call("setWebhook", { values, uploads: new Map() })
    }),
  )
