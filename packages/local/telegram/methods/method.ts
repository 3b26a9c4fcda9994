import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Schema from "effect/Schema"
import type { Chats } from "../Chats.ts"
import type { Commands } from "../Commands.ts"
import type { Delivery } from "../Delivery.ts"
import type { Descriptions } from "../Descriptions.ts"
import { type BotApiError, badRequest } from "../errors.ts"
import type { Files } from "../files/Files.ts"
import type { Messages } from "../Messages.ts"
import type { Options } from "../Options.ts"
import type { Polling } from "../Polling.ts"
import type { Params } from "../params.ts"
import type { Taps } from "../Taps.ts"
import type { Topics } from "../Topics.ts"
import type { Updates } from "../Updates.ts"
import type { Webhook } from "../Webhook.ts"

/** What the methods work on. */
export type World =
  | Chats
  | Commands
  | Delivery
  | Descriptions
  | Files
  | HttpClient.HttpClient
  | Messages
  | Options
  | Polling
  | Taps
  | Topics
  | Updates
  | Webhook

/** One method of the Bot API: parameters in, the `result` out. */
export type Method = (params: Params) => Effect.Effect<unknown, BotApiError, World>

/** Reads the parameters as `schema` says; what does not fit is a bad request that names the field. */
export const method = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  act: (input: S["Type"], params: Params) => Effect.Effect<unknown, BotApiError, World>,
): Method => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (params) =>
    decode(params.values).pipe(
      Effect.mapError(({ message }) => badRequest(`wrong parameter: ${message.replaceAll(/\s+/g, " ")}`)),
      Effect.flatMap((input) => act(input, params)),
    )
}

/** True, as most methods answer. */
export const done = Effect.succeed(true)
