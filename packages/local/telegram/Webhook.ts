import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "./Database.ts"

export const Setting = Schema.Struct({
  /** Empty: no webhook, updates wait for getUpdates. */
  url: Schema.String,
  secretToken: Schema.optionalKey(Schema.String),
  maxConnections: Schema.Int,
  /** Kept when the webhook is deleted or set again without them. */
  allowedUpdates: Schema.optionalKey(Schema.Array(Schema.String)),
})
export type Setting = typeof Setting.Type

export interface Failure {
  readonly message: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A bot gets these only if it asks for them by name. */
const askedFor = ["chat_member", "message_reaction", "message_reaction_count"]

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Setting))

/** What the bot asked to be sent, and where. */
export class Webhook extends Context.Service<
  Webhook,
  {
    setting(): Setting
    set(setting: Setting): void
    wants(kind: string): boolean
    /** The most recent failed delivery since the webhook was set. */
    failure(): Failure | undefined
    fail(failure: Failure): void
  }
>()("@concierge/local/telegram/Webhook") {}

export const layer = Layer.effect(
  Webhook,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const write = sqlite.prepare("INSERT OR REPLACE INTO settings (name, json) VALUES ('webhook', ?)")
    const row = sqlite.prepare("SELECT json FROM settings WHERE name = 'webhook'").get()
    let setting: Setting = row === undefined ? { url: "", maxConnections: 40 } : decode(row.json)
    let failure: Failure | undefined

    return Webhook.of({
      setting: () => setting,
      set: (next) => {
        write.run(JSON.stringify(next))
        setting = next
        failure = undefined
      },
      wants: (kind) => setting.allowedUpdates?.includes(kind) ?? !askedFor.includes(kind),
      failure: () => failure,
      fail: (next) => {
        failure = next
      },
    })
  }),
)
