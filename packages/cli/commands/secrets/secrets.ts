import { readFile } from "node:fs/promises"
import { text } from "node:stream/consumers"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { sure, yes } from "../../ask.ts"
import { BadInput } from "../../BadInput.ts"
import { asJson, toggle } from "../../flags.ts"
import { json, out } from "../../print/write.ts"
import { rotateTokenHere, rotateWebhookHere } from "./rotateHere.ts"
import { rotateToken } from "./rotateToken.ts"
import { type Rotated, rotateWebhook } from "./rotateWebhook.ts"
import { Steps } from "./Steps.ts"

// Not through `onPlace`: these deploy the stage, which sst shell cannot do for them.
const stage = Flag.String("stage").pipe(
  Flag.withDescription("A deployed stage; without it, the data of npm start (CONCIERGE_DATA)"),
  Flag.optional,
)
const byHand = toggle("by-hand", "Say what to deploy instead of deploying; run again afterwards, it goes on")

/** Prints each step as it is done; with `--json` all of them at the end. */
const told = Effect.fnUntraced(function* <E, R>(rotation: Effect.Effect<Rotated, E, R | Steps>, wantsJson: boolean) {
  const steps: Array<string> = []
  const tell = (mark: string, what: string) =>
    Effect.andThen(
      Effect.sync(() => void steps.push(what)),
      wantsJson ? Effect.void : out(`${mark} ${what}`),
    )
  const rotated = yield* Effect.provideService(rotation, Steps, {
    done: (what) => tell("✓", what),
    begun: (what) => tell("·", what),
  })
  if (wantsJson) yield* json({ ...rotated, steps })
})

const webhook = Command.make(
  "webhook",
  {
    stage,
    byHand,
    later: toggle("later", "Do not wait until the old secret ends; run again afterwards to clear it away"),
    yes,
    json: asJson,
  },
  Effect.fnUntraced(function* ({ byHand, json: wantsJson, later, stage, yes }) {
    if (Option.isNone(stage)) return yield* told(rotateWebhookHere(), wantsJson)
    const what = byHand ? "sets a new secret" : "sets a new secret, deploys it and tells Telegram"
    yield* sure(`This ${what}, on stage ${stage.value}. Go on?`, yes)
    yield* told(rotateWebhook({ stage: stage.value, deploys: !byHand, waits: !later }), wantsJson)
  }),
).pipe(
  Command.withDescription("A new secret for the webhook, while the old one counts for ten minutes more"),
  Command.withExamples([
    { command: "concierge secrets rotate webhook --stage prod", description: "All of it, from here" },
    { command: "concierge secrets rotate webhook --stage prod --by-hand", description: "Where others deploy" },
  ]),
)

const token = Command.make(
  "token",
  {
    file: Flag.String("file").pipe(
      Flag.withDescription(
        "Holds what @BotFather gave after /revoke; - reads it from stdin, so that no history keeps it",
      ),
    ),
    envFile: Flag.String("env-file").pipe(
      Flag.withDescription("On one machine: the file that the host's TELEGRAM_BOT_TOKEN comes from"),
      Flag.optional,
    ),
    stage,
    byHand,
    yes,
    json: asJson,
  },
  Effect.fnUntraced(function* ({ byHand, envFile, file, json: wantsJson, stage, yes }) {
    const given = yield* tokenIn(file)
    if (Option.isSome(stage)) {
      const what = byHand ? "sets a new token" : "sets a new token, deploys it and tells Telegram"
      yield* sure(`This ${what}, on stage ${stage.value}. Go on?`, yes)
      return yield* told(rotateToken({ stage: stage.value, deploys: !byHand, token: given }), wantsJson)
    }
    if (Option.isNone(envFile)) {
      return yield* new BadInput({
        advice: "which one? --stage names a stage, --env-file the file of a host on this machine",
      })
    }
    yield* told(rotateTokenHere(given, envFile.value), wantsJson)
  }),
).pipe(
  Command.withDescription(
    "A new token of the same bot: checked with Telegram, put in place, and the webhook set again",
  ),
  Command.withExamples([
    { command: "concierge secrets rotate token --stage prod --file token.txt", description: "Of a stage" },
    {
      command: "concierge secrets rotate token --env-file /etc/concierge.env --file -",
      description: "Of a host, from stdin",
    },
  ]),
)

/** As @BotFather gives it. */
const shape = /^\d{1,20}:[\w-]{30,200}$/

const tokenIn = Effect.fnUntraced(function* (file: string) {
  const read = yield* Effect.tryPromise({
    try: () => (file === "-" ? text(process.stdin) : readFile(file, "utf8")),
    catch: () => new BadInput({ advice: `--file: ${file} cannot be read` }),
  })
  if (!shape.test(read.trim())) {
    return yield* new BadInput({ advice: "that is no bot's token: @BotFather gives one like 123456:ABC-def…" })
  }
  return Redacted.make(read.trim())
})

const rotate = Command.make("rotate").pipe(
  Command.withDescription("Replace a secret without losing an update"),
  Command.withSubcommands([webhook, token]),
)

export const secrets = Command.make("secrets").pipe(
  Command.withDescription("Replace the webhook's secret, or the bot's token"),
  Command.withSubcommands([rotate]),
)
