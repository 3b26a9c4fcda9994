import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Delivery } from "../Delivery.ts"
import { badRequest } from "../errors.ts"
import { Polling } from "../Polling.ts"
import { Flag, Int, Nested, optional } from "../params.ts"
import { Updates } from "../Updates.ts"
import { type Setting, Webhook } from "../Webhook.ts"
import { type Method, method } from "./method.ts"

const AllowedUpdates = optional(Nested(Schema.Array(Schema.String)))

const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to)

/** An empty list means the usual kinds again. */
const kindsAfter = (before: Setting, asked: ReadonlyArray<string> | undefined) => {
  const allowedUpdates = asked ?? before.allowedUpdates ?? []
  return allowedUpdates.length === 0 ? {} : { allowedUpdates }
}

/** Queues begin anew only at another address: setting the same webhook again must not deliver anything twice. */
const apply = Effect.fnUntraced(function* (setting: Setting, drop: boolean) {
  const [webhook, delivery, updates] = [yield* Webhook, yield* Delivery, yield* Updates]
  const sameAddress = webhook.setting().url === setting.url
  webhook.set(setting)
  if (drop) updates.clear()
  yield* sameAddress && !drop ? delivery.wake : delivery.restart
  return true
})

export const setWebhook: Method = method(
  Schema.Struct({
    url: optional(Schema.String),
    secret_token: optional(Schema.String),
    max_connections: optional(Int),
    allowed_updates: AllowedUpdates,
    drop_pending_updates: optional(Flag),
  }),
  Effect.fnUntraced(function* (input) {
    const { url = "", secret_token = "", max_connections = 40 } = input
    // As with Telegram's own server run locally, plain HTTP will do.
    if (url !== "" && !(URL.canParse(url) && /^https?:\/\//i.test(url))) {
      return yield* badRequest("bad webhook: An HTTPS URL must be provided for webhook")
    }
    if (secret_token.length > 256) return yield* badRequest("secret token is too long")
    if (!/^[\w-]*$/.test(secret_token)) return yield* badRequest("secret token contains unallowed characters")
    ;(yield* Polling).terminate("setWebhook request")
    const setting = {
      url,
      maxConnections: clamp(max_connections, 1, 100),
      ...(secret_token !== "" && { secretToken: secret_token }),
      ...kindsAfter((yield* Webhook).setting(), input.allowed_updates),
    }
    return yield* apply(setting, input.drop_pending_updates ?? false)
  }),
)

export const deleteWebhook: Method = method(
  Schema.Struct({ drop_pending_updates: optional(Flag) }),
  Effect.fnUntraced(function* ({ drop_pending_updates = false }) {
    const { secretToken: _secret, ...before } = (yield* Webhook).setting()
    return yield* apply({ ...before, url: "" }, drop_pending_updates)
  }),
)

export const getWebhookInfo: Method = method(
  Schema.Struct({}),
  Effect.fnUntraced(function* () {
    const webhook = yield* Webhook
    const { url, maxConnections, allowedUpdates } = webhook.setting()
    const failure = webhook.failure()
    return {
      url,
      has_custom_certificate: false,
      pending_update_count: (yield* Updates).count(),
      ...(url !== "" && { max_connections: maxConnections }),
      ...(allowedUpdates !== undefined && { allowed_updates: allowedUpdates }),
      ...(failure !== undefined && {
        last_error_date: Math.floor(failure.at / 1000),
        last_error_message: failure.message,
      }),
    }
  }),
)

export const getUpdates: Method = method(
  Schema.Struct({
    offset: optional(Int),
    limit: optional(Int),
    timeout: optional(Int),
    allowed_updates: AllowedUpdates,
  }),
  Effect.fnUntraced(function* ({ offset = 0, limit = 100, timeout = 0, allowed_updates }) {
    const [polling, webhook] = [yield* Polling, yield* Webhook]
    const { allowedUpdates: _before, ...before } = webhook.setting()
    if (allowed_updates !== undefined && before.url === "") {
      webhook.set({ ...before, ...kindsAfter(before, allowed_updates) })
    }
    const bodies = yield* polling.poll({
      offset,
      limit: clamp(limit, 1, 100),
      timeout: Duration.seconds(clamp(timeout, 0, 50)),
    })
    return bodies.map((body): unknown => JSON.parse(body))
  }),
)
