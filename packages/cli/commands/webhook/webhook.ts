import { usedKinds } from "@concierge/core/updates/Update.ts"
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { sure, yes } from "../../ask.ts"
import { BadInput } from "../../BadInput.ts"
import { Found } from "../../Found.ts"
import { asJson } from "../../flags.ts"
import { Bot } from "../../places/Bot.ts"
import { theBot } from "../../places/theBot.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { maxConnections, meaningOf, problemsOf } from "./explain.ts"

const url = Flag.String("url").pipe(
  Flag.withDescription("Another than the stage's own: https://…/telegram/webhook"),
  Flag.optional,
)

const set = Command.make("set", { stage, url, json: asJson }, ({ json: wantsJson, stage, url }) =>
  onPlace(theBot)(
    stage,
    Effect.gen(function* () {
      const bot = yield* Bot
      const target = Option.getOrUndefined(url) ?? bot.webhookUrl
      if (target === undefined)
        return yield* new BadInput({
          advice: "which URL? Give the deploy's output webhookUrl: --url https://…/telegram/webhook",
        })
      if (bot.secret === undefined) {
        return yield* new BadInput({
          advice:
            "the webhook's secret is not set: TELEGRAM_WEBHOOK_SECRET, on a stage npx sst secret set TelegramWebhookSecret",
        })
      }
      yield* bot.call("setWebhook", {
        url: target,
        secret_token: bot.secret,
        max_connections: maxConnections,
        allowed_updates: usedKinds,
      })
      const info = yield* bot.webhook
      if (wantsJson) yield* json(info)
      else
        yield* out(`Telegram delivers ${usedKinds.join(", ")} to ${target}. ${info.pending_update_count} are waiting.`)
    }),
  ),
).pipe(
  Command.withDescription(
    "Tell Telegram where to deliver, with the stage's own URL and secret; nothing that waits is lost",
  ),
  Command.withExamples([{ command: "concierge webhook set --stage prod", description: "After the first deploy" }]),
)

const info = Command.make("info", { stage, json: asJson }, ({ json: wantsJson, stage }) =>
  onPlace(theBot)(
    stage,
    Effect.gen(function* () {
      const bot = yield* Bot
      const found = yield* bot.webhook
      const problems = problemsOf(found, bot.webhookUrl, (yield* Clock.currentTimeMillis) / 1000)
      const { last_error_date: at, last_error_message: message } = found
      if (wantsJson) yield* json({ ...found, problems })
      else {
        yield* out(found.url === "" ? "No webhook is set." : found.url)
        if (found.url !== "") {
          yield* out(`waiting: ${found.pending_update_count}, connections: ${found.max_connections ?? maxConnections}`)
          yield* out(`kinds: ${found.allowed_updates?.join(", ") ?? "Telegram's usual ones"}`)
        }
        if (at !== undefined && message !== undefined) {
          yield* out(`last error, ${new Date(at * 1000).toISOString()}: ${meaningOf(message)}`)
        }
        yield* out(problems.length === 0 ? "It is as it should be." : `Wrong: ${problems.join("; ")}.`)
      }
      if (problems.length > 0) return yield* new Found()
    }),
  ),
).pipe(
  Command.withDescription("How Telegram has it, and what its last error means"),
  Command.withExamples([
    {
      command: "concierge webhook info --stage prod",
      description: "Exit code 1 when something is not as it should be",
    },
  ]),
)

const remove = Command.make("delete", { stage, yes, json: asJson }, ({ json: wantsJson, stage, yes }) =>
  onPlace(theBot)(
    stage,
    Effect.gen(function* () {
      const { call } = yield* Bot
      yield* sure("Take the webhook away? Updates then wait at Telegram, a day at most.", yes)
      // What waits stays: drop_pending_updates would lose people.
      yield* call("deleteWebhook", { drop_pending_updates: false })
      yield* wantsJson
        ? json({ deleted: true })
        : out("Telegram delivers nowhere now and keeps what comes for a day: concierge webhook set")
    }),
  ),
).pipe(
  Command.withDescription("Have Telegram keep what comes, for a day at most"),
  Command.withExamples([
    { command: "concierge webhook delete --stage prod", description: "Before a long repair; webhook set ends it" },
  ]),
)

export const webhook = Command.make("webhook").pipe(
  Command.withDescription("Where Telegram delivers: set, info, delete"),
  Command.withSubcommands([set, info, remove]),
)
