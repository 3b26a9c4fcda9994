import { randomInt } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "./Database.ts"
import { type BotApiError, badRequest } from "./errors.ts"
import { lifetimeOf } from "./redelivery.ts"

const Answer = Schema.Struct({
  text: Schema.optionalKey(Schema.String),
  show_alert: Schema.optionalKey(Schema.Boolean),
  url: Schema.optionalKey(Schema.String),
})
export type Answer = typeof Answer.Type

/** A tap on a button, and what the bot answered to it. */
export interface Tap {
  readonly id: string
  readonly data: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly answer?: Answer
}

const decodeAnswer = Schema.decodeUnknownSync(Schema.fromJsonString(Answer))

/** The callback queries. */
export class Taps extends Context.Service<
  Taps,
  {
    add(chatId: number, data: string, at: number): string
    answer(id: string, answer: Answer): Effect.Effect<void, BotApiError>
    list(chatId: number): ReadonlyArray<Tap>
  }
>()("@concierge/local/telegram/Taps") {}

export const layer = Layer.effect(
  Taps,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const insert = sqlite.prepare("INSERT INTO taps (id, chat_id, data, at) VALUES (?, ?, ?, ?)")
    const close = sqlite.prepare("UPDATE taps SET answer = ? WHERE id = ? AND answer IS NULL AND at > ?")
    const list = sqlite.prepare("SELECT id, data, at, answer FROM taps WHERE chat_id = ? ORDER BY at, id")

    return Taps.of({
      add: (chatId, data, at) => {
        const id = `${randomInt(2 ** 47)}${randomInt(1e6)}`
        insert.run(id, chatId, data, at)
        return id
      },
      answer: Effect.fnUntraced(function* (id, answer) {
        const now = yield* Clock.currentTimeMillis
        const { changes } = close.run(JSON.stringify(answer), id, now - lifetimeOf("callback_query"))
        if (changes === 0) {
          return yield* badRequest("query is too old and response timeout expired or query ID is invalid")
        }
      }),
      list: (chatId) =>
        list.all(chatId).map((row) => ({
          id: String(row.id),
          data: String(row.data),
          at: Number(row.at),
          ...(row.answer !== null && { answer: decodeAnswer(row.answer) }),
        })),
    })
  }),
)
