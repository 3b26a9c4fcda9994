import { join } from "node:path"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { tracerLayer } from "../journal/tracer.ts"
import { routes as mediaRoutes } from "../media/routes.ts"
import { seed } from "../media/seed.ts"
import { poll } from "../queue/poll.ts"
import { expire, recover } from "../store/recover.ts"
import { telegramRoutes } from "../telegram/routes.ts"
import { StandIn } from "../telegram/StandIn.ts"
import { botToken } from "./bot.ts"
import { brandRoutes } from "./brandRoutes.ts"
import { front } from "./front.ts"
import { introduce } from "./introduce.ts"
import { page } from "./page.ts"
import { sandboxRoutes } from "./sandbox.ts"
import { serverLayer } from "./server.ts"
import { servicesLayer } from "./services.ts"
import type { Settings } from "./settings.ts"
import { webhookRoute } from "./webhook.ts"

export interface HostOptions {
  /** False: updates are taken in and stay queued, so that the two halves can be measured apart. */
  readonly works?: boolean
}

/** The whole system behind one port of 127.0.0.1. It listens when all of it is there, so that no early request is lost. */
export const hostLayer = (settings: Settings, { works = true }: HostOptions = {}) => {
  const { brand, data, port } = settings
  const origin = `http://127.0.0.1:${port}`
  const routes = Layer.mergeAll(webhookRoute, sandboxRoutes, brandRoutes, telegramRoutes, mediaRoutes(data), page)
  const server = HttpRouter.serve(routes, {
    disableLogger: true,
    disableListenLog: true,
    middleware: front(port),
  }).pipe(Layer.provide(serverLayer(port)))
  const telegram = StandIn.layerWithClient({
    path: join(data, "telegram.sqlite"),
    botToken: Redacted.value(botToken),
    botUsername: brand.bot.username,
    botName: brand.bot.name,
  }).pipe(Layer.provide(NodeHttpClient.layerNodeHttpOptions({ keepAlive: true })))
  return goOn(settings, origin, works).pipe(
    Layer.provide(server),
    Layer.provide(tracerLayer),
    Layer.provide(Layer.mergeAll(servicesLayer(settings, origin), telegram)),
  )
}

/** What goes on beside answering requests. */
const goOn = (settings: Settings, origin: string, works: boolean) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const telegram = yield* StandIn
      yield* recover
      yield* seed
      yield* introduce(settings.brand)
      if (works) yield* Effect.forkScoped(poll(({ body }) => telegram.acquaint(body)))
      yield* Effect.forkScoped(Effect.repeat(expire, expirySchedule))
      const url = `${origin}/telegram/webhook`
      const values = { url, secret_token: Redacted.value(settings.secret) }
      yield* telegram.call("setWebhook", { values, uploads: new Map() })
    }),
  )

const expirySchedule = Schedule.spaced("1 hour")
