import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { catalogue } from "../content/Catalogue.ts"
import { groupWindow, outageWait } from "../domain/Delivery.ts"
import type { Locale } from "../domain/Locale.ts"
import { ignored, type Outcome } from "../domain/Outcome.ts"
import { maxLinkPayload } from "../domain/StartToken.ts"
import { toIso } from "../domain/Time.ts"
import { Settings } from "../services/Settings.ts"
import { Telegram } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { defer } from "./defer.ts"
import { inTime } from "./Invocation.ts"
import type { Work } from "./Work.ts"

export interface GroupStart {
  readonly chatId: number
  readonly payload: string
  readonly locale: Locale
}

/**
 * Answers a /start in a group with a button that opens the private chat, once a minute a group. Undefined: put off, and
 * on its way back to the queue.
 */
export const answerGroup = Effect.fnUntraced(function* (work: Work, { chatId, locale, payload }: GroupStart) {
  const settings = yield* Settings
  const telegram = yield* Telegram
  const now = yield* Clock.currentTimeMillis
  const isFree = yield* settings.throttle({
    key: `group#${chatId}`,
    event: work.eventId,
    now: toIso(now),
    freeBefore: toIso(now - groupWindow),
  })
  if (!isFree) return ignored("throttled")
  const words = catalogue(locale).group
  return yield* telegram.username.pipe(
    Effect.tap(inTime(work.invocation)),
    Effect.flatMap((username) =>
      telegram.sendMessage({
        chatId,
        html: words.text,
        buttons: [{ text: words.button, url: `https://t.me/${username}?start=${carried(payload)}` }],
      }),
    ),
    Effect.as<Outcome | undefined>("applied"),
    Effect.catchTag("TelegramError", (error) => refused(work, error)),
    Effect.catchTag("TooLate", () => Effect.as(defer(work.update, 0), undefined)),
  )
})

/** What a link cannot carry is left out: it is no reason not to answer. */
const carried = (payload: string): string =>
  payload.length <= maxLinkPayload && /^[A-Za-z0-9_-]+$/.test(payload) ? payload : ""

const refused = Effect.fnUntraced(function* ({ update }: Work, { reason }: TelegramError) {
  switch (reason._tag) {
    case "RateLimited":
      return yield* Effect.as(defer(update, reason.retryAfter * 1000), undefined)
    case "Unavailable":
    case "Unauthorized":
      return yield* Effect.as(defer(update, outageWait(update.attributes.attempt, yield* Random.next)), undefined)
    default:
      yield* Effect.logWarning("a group could not be answered", { reason })
      return ignored("undeliverable")
  }
})
