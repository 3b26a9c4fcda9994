import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Schema from "effect/Schema"
import type { Redelivery } from "./redelivery.ts"
import type { Setting } from "./Webhook.ts"

/** The webhook did not take the update. */
export class NotTaken extends Schema.TaggedError<NotTaken>()("NotTaken", {
  /** As getWebhookInfo shows it. */
  message: Schema.String,
  retryAfter: Schema.optionalKey(Schema.Duration),
}) {}

/** One attempt to deliver. Only 2xx counts, redirects are not followed, and what the answer says is not looked at. */
export const post = (client: HttpClient.HttpClient, body: string, setting: Setting, policy: Redelivery) =>
  client
    .execute(
      HttpClientRequest.post(setting.url, {
        body: HttpBody.text(body, "application/json"),
        ...(setting.secretToken !== undefined && {
          headers: { "x-telegram-bot-api-secret-token": setting.secretToken },
        }),
      }),
    )
    .pipe(
      // Read to its end, so that the connection can be used again.
      Effect.tap((response) => response.arrayBuffer),
      Effect.timeout(policy.timeout),
      Effect.mapError((error) => new NotTaken({ message: reasonOf(error) })),
      Effect.filterOrFail(
        ({ status }) => status >= 200 && status < 300,
        ({ status, headers }) =>
          new NotTaken({
            message: `Wrong response from the webhook: ${status}`,
            ...waitAskedFor(headers["retry-after"], policy),
          }),
      ),
      // Telegram sends no trace headers: the bot must manage without them.
      Effect.provideService(HttpClient.TracerPropagationEnabled, false),
      Effect.asVoid,
    )

const waitAskedFor = (header: string | undefined, policy: Redelivery) =>
  header !== undefined && /^\d+$/.test(header)
    ? { retryAfter: Duration.min(Duration.seconds(Number(header)), policy.longestRetryAfter) }
    : {}

const reasonOf = (error: HttpClientError.HttpClientError | { readonly _tag: "TimeoutError" }): string => {
  if (error._tag === "TimeoutError") return "Read timeout expired"
  return /ECONNREFUSED/.test(String(error.reason.cause)) ? "Connection refused" : "Connection reset by peer"
}
