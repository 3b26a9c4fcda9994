import { WorkerConfig } from "@concierge/core/config.ts"
import { decodeAnswer } from "@concierge/telegram/answer.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Telegram answered, and said no. */
export class Refused extends Schema.TaggedError<Refused>()("Refused", {
  status: Schema.Int,
  description: Schema.String,
  /** Seconds, with a 429. */
  retryAfter: Schema.optionalKey(Schema.Finite),
}) {}

/** No answer, or none of the Bot API's: the network, a proxy, or Telegram is down. */
export class Unreachable extends Schema.TaggedError<Unreachable>()("Unreachable", { why: Schema.String }) {}

export class CallError extends Schema.TaggedError<CallError>()("CallError", {
  method: Schema.String,
  reason: Schema.Union([Refused, Unreachable]),
}) {}

/** The Bot API's methods that concern the bot itself and nobody who writes to it. */
export class BotApi extends Context.Service<
  BotApi,
  {
    call(method: string, params: object, within: Duration.Input): Effect.Effect<unknown, CallError>
    /** By how many milliseconds Telegram's clock was ahead of ours when it last answered; negative: behind. */
    readonly ahead: Effect.Effect<number>
  }
>()("@concierge/local/bot/BotApi") {}

export const layer: Layer.Layer<BotApi, never, WorkerConfig | HttpClient.HttpClient> = Layer.effect(
  BotApi,
  Effect.gen(function* () {
    const { botToken, telegramApi } = yield* WorkerConfig
    const http = yield* HttpClient.HttpClient
    let ahead = 0
    return BotApi.of({
      ahead: Effect.sync(() => ahead),
      call: Effect.fnUntraced(function* (method, params, within) {
        const failed = (reason: CallError["reason"]) => new CallError({ method, reason })
        const { date, status, text } = yield* HttpClientRequest.post(
          `${telegramApi}/bot${Redacted.value(botToken)}/${method}`,
        ).pipe(
          HttpClientRequest.setBody(HttpBody.jsonUnsafe(params)),
          http.execute,
          Effect.flatMap(({ headers, status, text }) =>
            Effect.map(text, (text) => ({ date: headers.date, status, text })),
          ),
          Effect.mapError((error) => failed(new Unreachable({ why: codeOf(error) }))),
          Effect.timeoutOrElse({
            duration: within,
            orElse: () => Effect.fail(failed(new Unreachable({ why: "no answer in time" }))),
          }),
        )
        const telegrams = Date.parse(date ?? "")
        if (!Number.isNaN(telegrams)) ahead = telegrams - (yield* Clock.currentTimeMillis)
        const answer = decodeAnswer(text)
        if (Result.isFailure(answer)) {
          return yield* failed(new Unreachable({ why: `status ${status} with a body that is no answer` }))
        }
        const { description = `status ${status}`, ok, parameters, result } = answer.success
        if (status === 200 && ok) return result
        if (status >= 500) return yield* failed(new Unreachable({ why: description }))
        const retryAfter = parameters?.retry_after
        return yield* failed(new Refused({ status, description, ...(retryAfter !== undefined && { retryAfter }) }))
      }),
    })
  }),
)

/** The request, and with it the bot's token, stays out of the error. */
const codeOf = ({ reason }: HttpClientError.HttpClientError): string => {
  const causes = [reason.cause, Predicate.hasProperty(reason.cause, "cause") ? reason.cause.cause : undefined]
  for (const cause of causes) if (Predicate.hasProperty(cause, "code")) return String(cause.code)
  return reason._tag
}
