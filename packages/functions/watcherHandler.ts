import { handlerOf } from "@concierge/aws/lambda/handlerOf.ts"
import type { MetricsEmf } from "@concierge/aws/lambda/MetricsEmf.ts"
import { checkBot } from "@concierge/core/operate/checkBot.ts"
import type { BotState } from "@concierge/core/services/BotState.ts"
import type { Metrics } from "@concierge/core/services/Metrics.ts"
import type { ConfigError } from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

/** Where Telegram should deliver. */
export class Watched extends Context.Service<Watched, { readonly webhookUrl: string }>()(
  "@concierge/functions/watcherHandler/Watched",
) {}

type Needs = BotState | Metrics | MetricsEmf | Watched

/** Asks Telegram how the bot is, whenever it is invoked. A check that cannot be made has no figure, which is an alarm too. */
export const watcherHandler = (layer: Layer.Layer<Needs, ConfigError>) =>
  handlerOf({ layer, program: () => Effect.flatMap(Watched, ({ webhookUrl }) => checkBot(webhookUrl)), failed: giveUp })

const giveUp = (): never => {
  throw new Error("The bot was not looked at: the line before says why.")
}
