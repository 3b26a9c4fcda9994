import { Brand } from "@concierge/core/brand/Brand.ts"
import * as Config from "effect/Config"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { sure, yes } from "../../ask.ts"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import type { Place } from "../../places/Place.ts"
import { type Operated, records } from "../../places/records.ts"
import { progress } from "../../print/progress.ts"
import { json, out } from "../../print/write.ts"
import { brand, onPlace, stage } from "../../where.ts"
import { durationOf } from "../wanted.ts"
import { type Looks, makeLooks } from "./Looks.ts"
import { makeRun, type Run } from "./Run.ts"
import { cleaned, written } from "./records.ts"
import { isLeftOver, nobody, testPerson } from "./TestPerson.ts"
import { theWebhook } from "./theWebhook.ts"
import { Webhook } from "./Webhook.ts"
import { walk } from "./walk.ts"

const place: Place<Operated | Webhook> = {
  here: Layer.merge(records.here, theWebhook.here),
  stage: Layer.merge(records.stage, theWebhook.stage),
}

const chat = Flag.String("chat").pipe(
  Flag.withDescription("Your own private chat with the bot, or SMOKE_CHAT's; none: a person whom Telegram refuses"),
  Flag.optional,
)
const within = Flag.String("within").pipe(
  Flag.withDescription("How long each effect may take: 30s, 2m"),
  Flag.withDefault("60s"),
)

export const smoke = Command.make("smoke", { chat, within, yes, json: asJson, stage }, (given) =>
  onPlace(place)(
    given.stage,
    Effect.gen(function* () {
      const chat = yield* chatOf(given.chat)
      const run = yield* makeRun(testPerson(yield* brand, chat), yield* durationOf("within", given.within))
      const isLeft = yield* isLeftOver(run.person)
      const owner = chat === nobody ? undefined : yield* (yield* Webhook).ownerOf(chat)
      if (owner !== undefined) yield* sure(`All of the flow is sent to ${owner}, chat ${chat}. Go on?`, given.yes)
      const looks = makeLooks(!given.json)
      const answer = Effect.suspend(() => json({ ok: looks.isWell(), chat, updates: run.given, checks: looks.seen }))
      if (isLeft) yield* looks.look("left by another run", cleaned(run))
      yield* Effect.ensuring(tried(run, looks), given.json ? answer : Effect.void)
      if (!given.json) yield* out("\nNothing is wrong.")
    }).pipe(Effect.provideServiceEffect(Brand, brand)),
  ),
).pipe(
  Command.withDescription("Brings a test person through the bot, checks each effect, and cleans up"),
  Command.withExamples([
    { command: "concierge smoke", description: "Of the npm start that runs on this machine" },
    { command: "concierge smoke --stage prod --chat 1001", description: "After a deploy, through your own chat" },
    { command: "concierge smoke --stage prod --json", description: "As far as it goes without a chat, for a script" },
  ]),
)

/** Whatever ends it, an operator's Ctrl-C included, what it made is deleted. */
const tried = (run: Run, looks: Looks) =>
  walk(run, looks).pipe(
    Effect.flatMap((isThrough) => looks.look("records", written(run, isThrough))),
    Effect.onExit(() =>
      Effect.scoped(Effect.andThen(progress("cleaning up"), Effect.asVoid(looks.look("cleaning", cleaned(run))))),
    ),
  )

const chatOf = Effect.fnUntraced(function* (given: Option.Option<string>) {
  const configured = Effect.orDie(Config.option(Config.NonEmptyString("SMOKE_CHAT")))
  const text = Option.getOrUndefined(Option.isSome(given) ? given : yield* configured)
  if (text === undefined) return nobody
  if (!/^[1-9]\d{0,12}$/.test(text)) {
    return yield* new BadInput({ advice: `--chat: "${text}" is no private chat's id: write it like 1001` })
  }
  return Number(text)
})
