import { join } from "node:path"
import { profileCalls } from "@concierge/core/brand/profile.ts"
import * as Layer from "effect/Layer"
import * as BotApi from "../bot/BotApi.ts"
import * as Connection from "../bot/Connection.ts"
import * as RealBot from "../bot/RealBot.ts"
import * as TakenWebhook from "../bot/TakenWebhook.ts"
import * as unreachableMedia from "../bot/unreachableMedia.ts"
import { tracerLayer } from "../journal/tracer.ts"
import { consent } from "./consent.ts"
import { machineLayer, operatorLayer, servicesLayer } from "./services.ts"
import type { HostSettings, RealSettings } from "./settings.ts"
import { work } from "./work.ts"

const telegram = "https://api.telegram.org"

/**
 * The bot of `TELEGRAM_BOT_TOKEN`, on tables and with a worker of its own. It has the voice and the files in common with
 * the stand-in's bot, and nothing of any person.
 */
export const realBotLayer = (settings: HostSettings, { data, token, webhookSecret }: RealSettings) => {
  const { brand, port, secret, telegramApi = telegram } = settings
  const services = Layer.provideMerge(
    operatorLayer,
    servicesLayer({ botToken: token, secret, telegramApi, tables: join(data, "concierge.sqlite") }),
  )
  return RealBot.layer({ expected: brand.bot.username, profile: profileCalls(brand), ...consent(webhookSecret) }).pipe(
    Layer.merge(Layer.effectDiscard(work())),
    Layer.provideMerge(Layer.mergeAll(BotApi.layer, Connection.layer, TakenWebhook.layer(data))),
    // Fresh: one build of layers would else give it what the stand-in's bot has.
    Layer.provide(Layer.fresh(tracerLayer)),
    Layer.provideMerge(Layer.fresh(services)),
    Layer.provide(unreachableMedia.layer),
    Layer.provide(machineLayer(settings, `http://127.0.0.1:${port}`)),
  )
}
