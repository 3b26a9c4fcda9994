import { createServer } from "node:http"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { botToken } from "../host/bot.ts"
import { brandRoutes } from "../host/brandRoutes.ts"
import { front } from "../host/front.ts"
import { healthy } from "../host/health.ts"
import { page } from "../host/page.ts"
import { sandboxRoutes } from "../host/sandbox.ts"
import { seed } from "../media/seed.ts"
import { telegramRoutes } from "../telegram/routes.ts"
import { StandIn } from "../telegram/StandIn.ts"
import { gatewayRoute } from "./gateway.ts"
import { pollQueue } from "./poller.ts"
import { type AwsOptions, servicesLayer } from "./services.ts"

/** The bundled functions behind one port of 127.0.0.1, with the same page and the same Telegram as the one-machine host. */
export const awsHostLayer = (options: AwsOptions & { readonly port: number }) =>
  Layer.unwrap(
    Effect.map(HttpServer.HttpServer, ({ address }) => {
      const port = address._tag === "InetAddressV4" ? address.port : options.port
      const origin = `http://127.0.0.1:${port}`
      return HttpRouter.serve(
        Layer.mergeAll(
          HttpRouter.add("GET", "/healthz", healthy),
          gatewayRoute,
          sandboxRoutes,
          brandRoutes,
          telegramRoutes,
          page,
        ),
        {
          disableLogger: true,
          disableListenLog: true,
          middleware: front(port),
        },
      ).pipe(
        Layer.provideMerge(work(options, origin)),
        Layer.provideMerge(Layer.mergeAll(servicesLayer(options, origin), telegram(options.brand))),
      )
    }),
  ).pipe(Layer.provideMerge(NodeHttpServer.layer(createServer, { port: options.port, host: "127.0.0.1" })))

/** AWS starts anew with the process, and so does Telegram. */
const telegram = ({ bot }: AwsOptions["brand"]) =>
  StandIn.layer({
    path: ":memory:",
    botToken: Redacted.value(botToken),
    botUsername: bot.username,
    botName: bot.name,
  })

/** What goes on beside answering requests. */
const work = ({ secret }: AwsOptions, origin: string) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const telegram = yield* StandIn
      yield* seed
      yield* Effect.forkScoped(pollQueue)
      const values = { url: `${origin}/telegram/webhook`, secret_token: Redacted.value(secret) }
      yield* telegram.call("setWebhook", { values, uploads: new Map() })
    }),
  )
