import { botIdOf } from "@concierge/core/config.ts"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../../BadInput.ts"
import { operationsIn } from "../../stage/operations.ts"
import { sst } from "../../stage/sst.ts"
import { telegram } from "../../telegram.ts"
import { needed } from "./needed.ts"
import type { Rotated, Rotation } from "./rotateWebhook.ts"
import { Steps } from "./Steps.ts"
import { setWebhook } from "./setWebhook.ts"

interface TokenRotation extends Omit<Rotation, "waits"> {
  /** What @BotFather gave after /revoke. */
  readonly token: Redacted.Redacted<string>
}

/**
 * A new token of the same bot. From /revoke on the old one is refused: updates are kept by Telegram (24 hours) and, those
 * that were accepted, as delayed copies (6 hours). Nothing is lost, people wait until this is done.
 */
export const rotateToken = Effect.fn("rotateToken")(function* ({ deploys, stage, token }: TokenRotation) {
  const steps = yield* Steps
  const place = sst(stage)
  const secrets = yield* place.secrets
  const current = yield* needed(secrets, "TelegramBotToken", stage)
  const secret = yield* needed(secrets, "TelegramWebhookSecret", stage)
  yield* ofTheSameBot(token, current)
  yield* steps.done("Telegram takes the new token, and it is of the same bot")
  if (Redacted.value(token) !== Redacted.value(current)) {
    yield* place.setSecret("TelegramBotToken", token)
    yield* steps.done("the new token is set")
  }
  const before = yield* place.resources
  const { isReleased, webhookUrl } = yield* operationsIn(before)
  const isDeployed = deployedToken(before) === Redacted.value(token)
  if (!isDeployed && !deploys) {
    const next = `npx sst deploy --stage ${stage}${isReleased ? ` && npm run release -- --stage ${stage}` : ""}`
    yield* steps.begun(`Deploy the stage, then run this again: ${next}`)
    return { isDone: false, next } satisfies Rotated
  }
  if (!isDeployed) {
    yield* steps.begun("Deploying the worker with the new token")
    yield* place.deploy
  }
  // A deploy may have been interrupted before its release; where all is released it says so and does nothing.
  if (isReleased && deploys) yield* place.release
  yield* steps.done("the worker has the new token")
  // A webhook belongs to a token: with the old one's end it is gone.
  yield* setWebhook(token, { url: webhookUrl, secret })
  yield* steps.done("Telegram delivers to the stage again")
  return { isDone: true } satisfies Rotated
})

const deployedToken = ({ TelegramBotToken: found }: Readonly<Record<string, unknown>>): unknown =>
  Predicate.hasProperty(found, "value") ? found.value : undefined

/** Another bot's token would take everybody's events, files and limits for those of strangers. */
export const ofTheSameBot = Effect.fnUntraced(function* (
  token: Redacted.Redacted<string>,
  current: Redacted.Redacted<string>,
) {
  const [given, known] = [botIdOf(token), botIdOf(current)]
  if (given !== known) {
    return yield* new BadInput({
      advice: `that token is of bot ${given}, and this is bot ${known}: nothing was changed`,
    })
  }
  const { id } = yield* (yield* telegram(token)).me
  if (String(id) !== known) {
    return yield* new BadInput({
      advice: `Telegram says that token is of bot ${id}, and this is bot ${known}: nothing was changed`,
    })
  }
})
