import { common, former, secret } from "@concierge/aws/lambda/read.ts"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/** Named where there is an edge, whose secret must then not be missing: without it anybody could pass for the edge. */
const originSecret = Effect.gen(function* () {
  const header = yield* Config.option(Config.NonEmptyString("ORIGIN_HEADER"))
  const value = secret("OriginSecret")
  return Option.isSome(header) ? yield* value : Option.getOrUndefined(yield* Config.option(value))
})

export const webhookConfig = Effect.gen(function* () {
  return {
    ...(yield* Config.all(common)),
    // Without it the function starts, and answers everybody 503.
    secret: Option.getOrUndefined(yield* Config.option(secret("TelegramWebhookSecret"))),
    formerSecret: yield* former("FormerWebhookSecret"),
    originSecret: yield* originSecret,
  }
})
