import { formerOf, formerText } from "@concierge/core/Former.ts"
import { currentIso, type Iso, millisBetween, plus } from "@concierge/core/Time.ts"
import { newSecret } from "@concierge/local/host/keptSecret.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Found } from "../../Found.ts"
import { operationsIn } from "../../stage/operations.ts"
import { type Sst, sst } from "../../stage/sst.ts"
import { accepts } from "./accepts.ts"
import { needed } from "./needed.ts"
import { Steps } from "./Steps.ts"
import { setWebhook } from "./setWebhook.ts"

/** How long the old secret counts once Telegram was told of the new one: its requests on their way end within one minute. */
export const overlap = Duration.minutes(10)

/** Until Telegram is told: a deploy, and two releases of five minutes and more; or somebody else's deploy. */
const deployTime = { ours: Duration.minutes(30), theirs: Duration.hours(2) }

export interface Rotation {
  readonly stage: string
  /** False: it says what to deploy, and goes on when it is run again. */
  readonly deploys: boolean
  /** False: it does not wait for the old one to end. */
  readonly waits: boolean
}

export interface Rotated {
  readonly isDone: boolean
  /** What is left to be done, as it is typed. */
  readonly next?: string
  readonly formerUntil?: Iso
}

/**
 * A new secret for the webhook, without a moment in which Telegram is answered 401. What is set at SST, what the live
 * webhook takes and what Telegram was told are asked each time: interrupted anywhere and run again, it goes on there.
 */
export const rotateWebhook = Effect.fn("rotateWebhook")(function* ({ deploys, stage, waits }: Rotation) {
  const steps = yield* Steps
  const place = sst(stage)
  const { former, secret, token } = yield* begin(place, { deploys, stage })
  const operations = yield* Effect.flatMap(place.resources, operationsIn)

  if (!(yield* accepts(operations, secret))) {
    if (!deploys) {
      const next = `npx sst deploy --stage ${stage}${operations.isReleased ? ` && npm run release -- --stage ${stage}` : ""}`
      yield* steps.begun(`Deploy the stage, then run this again: ${next}`)
      return { isDone: false, next, formerUntil: former.until } satisfies Rotated
    }
    yield* steps.begun("Deploying: the webhook will take both secrets")
    yield* place.deploy
    if (operations.isReleased) yield* place.release
    if (!(yield* accepts(operations, secret))) {
      yield* steps.begun("It was deployed, and the webhook still refuses the new secret: was the release taken back?")
      return yield* new Found()
    }
  }
  yield* steps.done("the webhook takes the new secret")
  yield* setWebhook(token, { url: operations.webhookUrl, secret })
  yield* steps.done("Telegram sends the new secret")

  const left = millisBetween(yield* currentIso, former.until)
  if (left > 0 && !waits) {
    const next = `npx concierge secrets rotate webhook --stage ${stage}`
    yield* steps.begun(`The old secret ends by itself at ${former.until}. Then clear it away: ${next}`)
    return { isDone: false, next, formerUntil: former.until } satisfies Rotated
  }
  if (left > 0) {
    yield* steps.begun(`Waiting until ${former.until}, when the old secret ends`)
    yield* Effect.sleep(Duration.millis(left))
  }
  yield* place.removeSecret(formerName)
  yield* steps.done("the old secret has ended, and is gone")
  return { isDone: true } satisfies Rotated
})

const formerName = "FormerWebhookSecret"

/** Both secrets as they are to be deployed; those of a rotation that was begun before, if there is one. */
const begin = Effect.fnUntraced(function* (place: Sst, { deploys, stage }: Pick<Rotation, "deploys" | "stage">) {
  const steps = yield* Steps
  const secrets = yield* place.secrets
  const current = yield* needed(secrets, "TelegramWebhookSecret", stage)
  const token = yield* needed(secrets, "TelegramBotToken", stage)
  const kept = secrets.get(formerName)
  const before = kept === undefined ? undefined : formerOf(kept)
  // The same as the current one: it was stopped before the new one was set.
  if (before !== undefined && Redacted.value(before.value) !== Redacted.value(current)) {
    yield* steps.done("a rotation was begun before: it goes on")
    return { token, secret: current, former: before }
  }
  const until = plus(yield* currentIso, Duration.sum(deploys ? deployTime.ours : deployTime.theirs, overlap))
  const former = { value: current, until }
  const secret = yield* newSecret
  // In this order: whoever deploys in between deploys the secret that Telegram knows.
  yield* place.setSecret(formerName, Redacted.make(formerText(former)))
  yield* place.setSecret("TelegramWebhookSecret", secret)
  yield* steps.done(`a new secret is set, and the old one counts until ${until}`)
  return { token, secret, former }
})
