import { environment } from "@concierge/local/host/environment.ts"
import { readSecret } from "@concierge/local/host/keptSecret.ts"
import { secretFile } from "@concierge/local/host/settings.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { BadInput } from "../../BadInput.ts"
import type { Place } from "../../places/Place.ts"
import { neededResource, resource, stageName } from "../../places/resource.ts"
import { asTelegram } from "../../stage/operations.ts"
import { telegram } from "../../telegram.ts"
import { Missed } from "./Missed.ts"
import { type Guise, Webhook } from "./Webhook.ts"

/** Telegram would wait for 60 s. A webhook that is well answers within one, its first start included. */
const within = Duration.seconds(10)

interface Address {
  readonly url: string
  readonly secret: string
  readonly operatorKey: string
  /** What to do when nobody answers there. */
  readonly mend: string
}

/** Anybody's guess: it is refused before its length is looked at. */
const guess = "a-guess"

const poster = ({ mend, operatorKey, secret, url }: Address) => {
  const headers: Readonly<Record<Guise, Record<string, string>>> = {
    "as Telegram": asTelegram(secret, { operatorKey }),
    "with another secret": asTelegram(guess, { operatorKey }),
    "past the edge": asTelegram(secret, { operatorKey: "" }),
  }
  return Effect.fnUntraced(function* (update: object, guise: Guise) {
    const begun = performance.now()
    const status = yield* Effect.tryPromise({
      try: async (signal) => {
        const request = { method: "POST", headers: headers[guise], body: JSON.stringify(update), signal }
        return (await fetch(url, request)).status
      },
      catch: () => new Missed({ says: `${url} does not answer`, mend }),
    }).pipe(
      Effect.timeoutOrElse({
        duration: within,
        orElse: () => Effect.fail(new Missed({ says: `${url} does not answer in ${Duration.format(within)}`, mend })),
      }),
    )
    return { status, millis: Math.round(performance.now() - begun) }
  })
}

const here = Effect.gen(function* () {
  const { data, port, secret, token } = yield* Effect.mapError(environment, ({ advice }) => new BadInput({ advice }))
  if (token !== undefined) {
    const advice =
      "the bot of TELEGRAM_BOT_TOKEN has no webhook on one machine, its updates are fetched: leave the token out to try the stand-in's, or name a stage with --stage"
    return yield* new BadInput({ advice })
  }
  if (port === 0) return yield* new BadInput({ advice: "which port? PORT must be the one that npm start has told" })
  const path = secretFile(data)
  const kept = Effect.mapError(
    readSecret(path),
    () => new BadInput({ advice: `${path} cannot be read: run npm start, or name its directory in CONCIERGE_DATA` }),
  )
  const { value } = secret === undefined ? yield* kept : { value: secret }
  const url = `http://127.0.0.1:${port}/telegram/webhook`
  const mend = "npm start, or PORT=<its port> before this command"
  return Webhook.of({
    post: poster({ url, secret: Redacted.value(value), operatorKey: "", mend }),
    hasEdge: false,
    renew: "start the host again: it reads its secret only then",
    ownerOf: () => Effect.succeed(undefined),
  })
}).pipe(Effect.provide(NodeFileSystem.layer))

const Chat = Schema.Struct({
  type: Schema.String,
  first_name: Schema.optionalKey(Schema.String),
  username: Schema.optionalKey(Schema.String),
})

const stage = Effect.gen(function* () {
  const [url, secret, token] = yield* Effect.all([
    neededResource("Operations", "webhookUrl"),
    neededResource("TelegramWebhookSecret", "value"),
    neededResource("TelegramBotToken", "value"),
  ])
  const operatorKey = resource("Operations", "operatorKey") ?? ""
  const mend = `npx concierge doctor --stage ${stageName()}`
  const ownerOf = Effect.fnUntraced(function* (chat: number) {
    const { call } = yield* telegram(Redacted.make(token.trim()))
    const answer = yield* Effect.mapError(
      call("getChat", { chat_id: chat }),
      ({ advice }) =>
        new BadInput({ advice: `${advice}: open the bot in the account of chat ${chat}, and press Start` }),
    )
    const {
      first_name = "",
      type,
      username,
    } = yield* Effect.mapError(
      Schema.decodeUnknownEffect(Chat)(answer),
      () => new BadInput({ advice: "Telegram's getChat answered something that is not understood" }),
    )
    if (type !== "private") return yield* new BadInput({ advice: `chat ${chat} is a ${type}: name a person's own` })
    return username === undefined ? first_name : `${first_name} (@${username})`
  })
  return Webhook.of({
    post: poster({ url, secret: secret.trim(), operatorKey, mend }),
    hasEdge: operatorKey !== "",
    renew: `npx sst deploy --stage ${stageName()}, and npm run release -- --stage ${stageName()}`,
    ownerOf,
  })
})

export const theWebhook: Place<Webhook> = { here: Layer.effect(Webhook, here), stage: Layer.effect(Webhook, stage) }
