import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Command, Commands } from "../Commands.ts"
import { badRequest } from "../errors.ts"
import { Nested, optional } from "../params.ts"
import { done, type Method, method } from "./method.ts"

const menu = { scope: optional(Nested(Schema.JsonObject)), language_code: optional(Schema.String) }
type Menu = { readonly scope?: Schema.JsonObject; readonly language_code?: string }

const nameOf = ({ scope = { type: "default" }, language_code = "" }: Menu): string =>
  JSON.stringify([...Object.entries(scope).sort(), language_code])

const Menu = Schema.Struct(menu)

export const setMyCommands: Method = method(
  Schema.Struct({ ...menu, commands: Nested(Schema.Array(Command)) }),
  Effect.fnUntraced(function* ({ commands, ...menu }) {
    if (commands.length > 100) return yield* badRequest("BOT_COMMANDS_TOO_MUCH")
    for (const { command, description } of commands) {
      if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) return yield* badRequest("BOT_COMMAND_INVALID")
      if (description.length < 1 || description.length > 256) {
        return yield* badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
      }
    }
    const all = yield* Commands
    all.set(
      nameOf(menu),
      commands.map((each) => ({ ...each, command: each.command.replace(/^\//, "") })),
    )
    return true
  }),
)

export const getMyCommands: Method = method(Menu, (menu) => Effect.map(Commands, (all) => all.get(nameOf(menu))))

export const deleteMyCommands: Method = method(Menu, (menu) =>
  Effect.flatMap(Commands, (all) => {
    all.set(nameOf(menu), [])
    return done
  }),
)
