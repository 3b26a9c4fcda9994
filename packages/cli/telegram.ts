import { WorkerConfig } from "@concierge/core/config.ts"
import { retention } from "@concierge/core/retention.ts"
import * as BotApi from "@concierge/local/bot/BotApi.ts"
import { environment } from "@concierge/local/host/environment.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { BadInput } from "./BadInput.ts"

/** Of a call of the operator's. */
const within = Duration.seconds(10)

const Me = Schema.Struct({ id: Schema.Int, username: Schema.String })

/** What `getWebhookInfo` answers, as far as it is used. */
const Info = Schema.Struct({
  url: Schema.String,
  pending_update_count: Schema.Int,
  max_connections: Schema.optionalKey(Schema.Int),
  allowed_updates: Schema.optionalKey(Schema.Array(Schema.String)),
  last_error_date: Schema.optionalKey(Schema.Int),
  last_error_message: Schema.optionalKey(Schema.String),
})
export type WebhookInfo = typeof Info.Type

/** Of the Bot API that is meant: `TELEGRAM_API`, or Telegram's own. */
export const telegramOrigin: Effect.Effect<string, BadInput> = environment.pipe(
  Effect.map(({ telegramApi = "https://api.telegram.org" }) => telegramApi),
  Effect.mapError(({ advice }) => new BadInput({ advice })),
)

/** The Bot API's calls about the bot itself, with one token. The token is in no error. */
export const telegram = Effect.fnUntraced(function* (botToken: Redacted.Redacted<string>) {
  const config = { botToken, telegramApi: yield* telegramOrigin, retention: Duration.days(retention.events) }
  const layer = BotApi.layer.pipe(
    Layer.provide(Layer.merge(Layer.succeed(WorkerConfig, config), NodeHttpClient.layerNodeHttp)),
  )
  const call = (method: string, params: object = {}) =>
    BotApi.BotApi.use((api) => api.call(method, params, within)).pipe(
      Effect.provide(layer),
      Effect.mapError(({ reason }) => {
        const why = reason._tag === "Refused" ? reason.description : reason.why
        return new BadInput({ advice: `Telegram's ${method}: ${why}` })
      }),
    )
  const read = <A>(method: string, shape: Schema.Codec<A, A>) =>
    Effect.flatMap(call(method), (result) =>
      Effect.mapError(
        Schema.decodeUnknownEffect(shape)(result),
        () => new BadInput({ advice: `Telegram's ${method} answered something that is not understood` }),
      ),
    )
  return { me: read("getMe", Me), webhook: read("getWebhookInfo", Info), call }
})
