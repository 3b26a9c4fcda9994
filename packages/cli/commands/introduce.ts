import { nameCall, type ProfileCall, profileCalls } from "@concierge/core/brand/profile.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson } from "../flags.ts"
import { Bot } from "../places/Bot.ts"
import { theBot } from "../places/theBot.ts"
import { json, out } from "../print/write.ts"
import { onPlace, stage } from "../where.ts"

/** Each call may be repeated, so that one that was broken off is simply made again. */
const tell = (isMeant: (method: ProfileCall["method"]) => boolean, wantsJson: boolean) =>
  Effect.gen(function* () {
    const { brand, call } = yield* Bot
    const { name } = Object(yield* call("getMyName"))
    const named = nameCall(brand)
    const calls = [...(name === named.values.name ? [] : [named]), ...profileCalls(brand)].filter(({ method }) =>
      isMeant(method),
    )
    yield* Effect.forEach(calls, ({ method, values }) => call(method, values), { discard: true })
    const said = calls.map(({ method, values }) => ({ method, language: values.language_code || "any other" }))
    if (wantsJson) return yield* json(said)
    yield* out(said.map(({ language, method }) => `${method}: ${language}`).join("\n"))
  })

const config = { stage, json: asJson }

export const commands = Command.make("commands").pipe(
  Command.withDescription("The bot's commands, as Telegram lists them: set"),
  Command.withSubcommands([
    Command.make("set", config, ({ json, stage }) =>
      onPlace(theBot)(
        stage,
        tell((method) => method === "setMyCommands", json),
      ),
    ).pipe(
      Command.withDescription("Tell Telegram the commands, in each of the brand's languages"),
      Command.withExamples([
        {
          command: "concierge commands set --stage prod",
          description: "After the brand's commands or languages have changed",
        },
      ]),
    ),
  ]),
)

export const profile = Command.make("profile").pipe(
  Command.withDescription("The bot's name and descriptions, as Telegram shows them: set"),
  Command.withSubcommands([
    Command.make("set", config, ({ json, stage }) =>
      onPlace(theBot)(
        stage,
        tell((method) => method !== "setMyCommands", json),
      ),
    ).pipe(
      Command.withDescription("Tell Telegram name and descriptions, in each of the brand's languages"),
      Command.withExamples([
        { command: "concierge profile set --stage prod", description: "After the brand's words have changed" },
      ]),
    ),
  ]),
)
