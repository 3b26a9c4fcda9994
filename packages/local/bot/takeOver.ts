import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Problem } from "../host/Problem.ts"
import { patiently } from "./patiently.ts"
import { TakenWebhook } from "./TakenWebhook.ts"

export interface TakeOver {
  /** Whether a webhook, of this origin, may be taken away while this runs. */
  readonly mayTake: (origin: string) => Effect.Effect<boolean>
  /** With which it was set: Telegram does not tell. `none`: it was set without; undefined: nobody has said. */
  readonly secret: Redacted.Redacted<string> | "none" | undefined
}

const Info = Schema.Struct({
  url: Schema.String,
  has_custom_certificate: Schema.optionalKey(Schema.Boolean),
  ip_address: Schema.optionalKey(Schema.String),
  max_connections: Schema.optionalKey(Schema.Int),
  allowed_updates: Schema.optionalKey(Schema.Array(Schema.String)),
})
const decode = Schema.decodeUnknownEffect(Info)

const webhookInfo = Effect.flatMap(patiently("getWebhookInfo", {}), (info) => Effect.orDie(decode(info)))

/** Takes a webhook away, if there is one and it may be taken: Telegram gives updates to nobody who polls beside it. */
export const takeOver = Effect.fnUntraced(function* ({ mayTake, secret }: TakeOver) {
  const { allowed_updates = [], has_custom_certificate: isCertified = false, url, ...info } = yield* webhookInfo
  if (url === "") return
  // A path may be a secret of its own.
  const { origin } = new URL(url)
  if (isCertified) return yield* new Problem({ advice: `${goesTo(origin)} ${certified}` })
  if (!(yield* mayTake(origin))) return yield* new Problem({ advice: `${goesTo(origin)} ${mayBeTaken}` })
  if (secret === undefined) return yield* new Problem({ advice: `${goesTo(origin)} ${secretNeeded}` })
  const taken = yield* TakenWebhook
  const { ip_address, max_connections } = info
  yield* taken
    .keep({
      url,
      allowed_updates,
      ...(secret !== "none" && { secret_token: Redacted.value(secret) }),
      ...(ip_address !== undefined && { ip_address }),
      ...(max_connections !== undefined && { max_connections }),
    })
    .pipe(Effect.orDie)
  yield* patiently("deleteWebhook", {})
  yield* Effect.logInfo(`The bot's webhook at ${origin} is taken away; it is put back when this stops.`)
})

const goesTo = (origin: string): string => `This bot has a webhook at ${origin}, and its updates go there.`

const mayBeTaken =
  "To take it away while this runs, and have it put back at the end: npm start -- --take-over. To be rid of it for good, delete it (docs/server.md)."

const secretNeeded =
  "Telegram does not tell its secret, which is needed to put it back: set TELEGRAM_WEBHOOK_SECRET to it, or add --no-secret if it has none."

const certified =
  "It has a certificate of its own, which Telegram does not give back: delete it yourself before this is started."
