import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "./Database.ts"

export const Command = Schema.Struct({ command: Schema.String, description: Schema.String })
export type Command = typeof Command.Type

const Table = Schema.Record(Schema.String, Schema.Array(Command))
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Table))

/** The bot's menus, one for each scope and language. */
export class Commands extends Context.Service<
  Commands,
  {
    get(menu: string): ReadonlyArray<Command>
    set(menu: string, commands: ReadonlyArray<Command>): void
  }
>()("@concierge/local/telegram/Commands") {}

export const layer = Layer.effect(
  Commands,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const write = sqlite.prepare("INSERT OR REPLACE INTO settings (name, json) VALUES ('commands', ?)")
    const row = sqlite.prepare("SELECT json FROM settings WHERE name = 'commands'").get()
    let menus = row === undefined ? {} : decode(row.json)

    return Commands.of({
      get: (menu) => menus[menu] ?? [],
      set: (menu, commands) => {
        menus = { ...menus, [menu]: commands }
        write.run(JSON.stringify(menus))
      },
    })
  }),
)
