import { WorkerConfig } from "@concierge/core/config.ts"
import { BotState, BotStateError } from "@concierge/core/services/BotState.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { withoutQuotes } from "@concierge/core/services/withoutQuotes.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"

const decode = Schema.decodeEffect(
  Schema.fromJsonString(
    Schema.Struct({
      ok: Schema.Literal(true),
      result: Schema.Struct({
        url: Schema.String,
        pending_update_count: Schema.Int,
        last_error_date: Schema.optionalKey(Schema.Int),
        last_error_message: Schema.optionalKey(Schema.String),
      }),
    }),
  ),
)

/** Three attempts within 17 s, of the 30 that the function has. */
const timeout = Duration.seconds(5)
const retry = Schedule.exponential("300 millis").pipe(Schedule.upTo({ times: 2 }))

/** Over HTTP, at the origin that the configuration names. */
export const layer: Layer.Layer<BotState, never, HttpClient.HttpClient | WorkerConfig> = Layer.effect(
  BotState,
  Effect.gen(function* () {
    const { botToken, telegramApi } = yield* WorkerConfig
    const http = yield* HttpClient.HttpClient
    const url = `${telegramApi}/bot${Redacted.value(botToken)}/getWebhookInfo`
    const webhook = http.execute(HttpClientRequest.get(url)).pipe(
      Effect.flatMap(({ text }) => text),
      // The request, and with it the token, stays out of the error.
      Effect.mapError(({ reason }) => unavailable(reason._tag)),
      Effect.flatMap((text) => Effect.mapError(decode(text), () => unavailable("an answer that is none"))),
      Effect.timeoutOrElse({ duration: timeout, orElse: () => Effect.fail(unavailable("no answer in time")) }),
      Effect.retry(retry),
      Effect.map(({ result: { last_error_date, last_error_message, pending_update_count, url } }) => ({
        url,
        pending: pending_update_count,
        ...(last_error_date !== undefined && { lastErrorAt: last_error_date }),
        ...(last_error_message !== undefined && { lastError: withoutQuotes(last_error_message) }),
      })),
      Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
      Effect.provideService(HttpClient.TracerPropagationEnabled, false),
      Effect.withSpan("Telegram.getWebhookInfo"),
    )
    return BotState.of({ webhook })
  }),
)

const unavailable = (why: string) => new BotStateError({ reason: new Unavailable({ cause: new Error(why) }) })
