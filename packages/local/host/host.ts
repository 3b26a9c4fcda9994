import { join } from "node:path"
import type { Pace } from "@concierge/core/services/Pace.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { campaignRoutes } from "../campaigns/routes.ts"
import * as Visitors from "../campaigns/Visitors.ts"
import { tracerLayer } from "../journal/tracer.ts"
import { routes as mediaRoutes } from "../media/routes.ts"
import { seed } from "../media/seed.ts"
import { machineLayer as machineWithOutages } from "../outages/machine.ts"
import * as Outages from "../outages/Outages.ts"
import { outageRoutes } from "../outages/routes.ts"
import { storesLayer as storesWithOutages } from "../outages/stores.ts"
import * as LimitedSpeech from "../speech/limited.ts"
import { recover } from "../store/recover.ts"
import type { Rate } from "../telegram/bucket.ts"
import { telegramRoutes } from "../telegram/routes.ts"
import * as StandIn from "../telegram/StandIn.ts"
import { botRoutes } from "./botRoutes.ts"
import { botToken } from "./botToken.ts"
import { brandRoutes } from "./brandRoutes.ts"
import { front } from "./front.ts"
import { healthRoute } from "./health.ts"
import { introduce } from "./introduce.ts"
import { operationRoutes } from "./operations.ts"
import { page } from "./page.ts"
import { realBotLayer } from "./realBot.ts"
import { reborn } from "./reborn.ts"
import { sandboxRoutes } from "./sandbox.ts"
import { serverLayer } from "./server.ts"
import { machineLayer, operatorLayer, servicesLayer } from "./services.ts"
import type { HostSettings, RealSettings } from "./settings.ts"
import { webhookRoute } from "./webhook.ts"
import { work } from "./work.ts"

export interface HostOptions {
  /** False: updates are taken in and stay queued, so that the two halves can be measured apart. */
  readonly works?: boolean
  /** How often the voice may be asked; as often as it can speak where that is left out. */
  readonly voice?: Rate
  /** Instead of the pace that is found by what Telegram refuses. */
  readonly pace?: Layer.Layer<Pace>
}

/** The whole system behind one port of 127.0.0.1. It listens when all of it is there, so that no early request is lost. */
export const hostLayer = (settings: HostSettings, options: HostOptions = {}) => served(settings, options, Layer.empty)

/** The same, with the bot of `TELEGRAM_BOT_TOKEN` beside it. */
export const hostWithBotLayer = (settings: HostSettings, real: RealSettings) => {
  const bot = realBotLayer(settings, real)
  return Layer.merge(served(settings, {}, Layer.provide(botRoutes, bot)), bot)
}

const served = <E, R>(
  settings: HostSettings,
  { pace, voice, works = true }: HostOptions,
  more: Layer.Layer<never, E, R>,
) => {
  const { brand, data, formerSecret, port, secret } = settings
  const origin = `http://127.0.0.1:${port}`
  const routes = Layer.mergeAll(
    healthRoute,
    webhookRoute,
    sandboxRoutes,
    operationRoutes("/sandbox"),
    campaignRoutes,
    outageRoutes,
    brandRoutes,
    telegramRoutes,
    mediaRoutes(data),
    page,
    more,
  )
  const server = HttpRouter.serve(routes, {
    disableLogger: true,
    disableListenLog: true,
    middleware: front(port, settings.real === undefined ? settings.telegramApi : undefined),
  }).pipe(Layer.provide(serverLayer(port)))
  const telegram = StandIn.layerWithClient({
    path: join(data, "telegram.sqlite"),
    botToken: Redacted.value(botToken),
    botUsername: brand.bot.username,
    botName: brand.bot.name,
    // A real bot shares the process, and is nobody's to play with.
    ...(reborn !== undefined && settings.real === undefined && { kill: reborn }),
  })
  const telegramApi = settings.real === undefined ? (settings.telegramApi ?? origin) : origin
  const bot = { botToken, secret, formerSecret, telegramApi, tables: join(data, "concierge.sqlite") }
  const services = Layer.provideMerge(Layer.merge(storesWithOutages, operatorLayer), servicesLayer(bot))
  const machine = machineLayer(settings, origin)
  const limited = voice === undefined ? machine : Layer.provideMerge(LimitedSpeech.layer(voice), machine)
  return goOn(settings, origin, works).pipe(
    Layer.provide(server),
    Layer.provide(tracerLayer),
    Layer.provide(Layer.provideMerge(Visitors.layer, Layer.mergeAll(services, pace ?? Layer.empty, telegram))),
    Layer.provide(Layer.provideMerge(machineWithOutages, limited)),
    Layer.provide(Outages.layer),
  )
}

/** What goes on beside answering requests. */
const goOn = (settings: HostSettings, origin: string, works: boolean) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const telegram = yield* StandIn.StandIn
      yield* seed
      yield* introduce(settings.brand)
      yield* works ? work(({ body }) => telegram.acquaint(body)) : recover
      const values = { url: `${origin}/telegram/webhook`, secret_token: Redacted.value(settings.secret) }
      yield* telegram.call("setWebhook", { values, uploads: new Map() })
    }),
  )
