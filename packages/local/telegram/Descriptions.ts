import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "./Database.ts"

const Table = Schema.Record(Schema.String, Schema.String)
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Table))

/** What the bot says of itself, by kind and language. */
export class Descriptions extends Context.Service<
  Descriptions,
  {
    /** Empty where there is none in this language. */
    get(kind: string, language: string): string
    set(kind: string, language: string, text: string): void
  }
>()("@concierge/local/telegram/Descriptions") {}

export const layer = Layer.effect(
  Descriptions,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const write = sqlite.prepare("INSERT OR REPLACE INTO settings (name, json) VALUES ('descriptions', ?)")
    const row = sqlite.prepare("SELECT json FROM settings WHERE name = 'descriptions'").get()
    let texts = row === undefined ? {} : decode(row.json)

    return Descriptions.of({
      get: (kind, language) => texts[`${kind} ${language}`] ?? "",
      set: (kind, language, text) => {
        texts = { ...texts, [`${kind} ${language}`]: text }
        write.run(JSON.stringify(texts))
      },
    })
  }),
)
