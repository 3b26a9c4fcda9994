import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { note } from "../observe/Facts.ts"
import type { Content } from "../onboarding/Content.ts"
import { Metrics } from "../services/Metrics.ts"
import type { SendResult } from "../services/SendResult.ts"
import { type ChatAction, type Place, Telegram } from "../services/Telegram.ts"
import { TelegramError } from "../services/TelegramError.ts"
import { currentIso, type Iso, millisBetween } from "../Time.ts"
import { sendContent, type To } from "./sendContent.ts"
import { patienceOf, type Turns, waited } from "./Turns.ts"
import { lastSend, mostUnseen } from "./times.ts"

/**
 * At most one send that may be accepted: only a 429, which says that nothing was sent, is tried again, as long as there
 * is time. A message in doubt goes another way, and a third of its kind never goes.
 */
export const send = Effect.fnUntraced(function* (content: Content, to: To, turns: Turns) {
  if ((to.unseen ?? 0) >= mostUnseen + (content._tag === "Text" ? 0 : 1)) return unseen
  const now = yield* currentIso
  const wait = Duration.millis(to.not_before === undefined ? 0 : Math.max(0, millisBetween(now, to.not_before)))
  if (!Duration.isZero(wait)) {
    if (!(yield* fits(wait, turns))) return limited(wait)
    yield* sleep(turns, wait)
  }
  while (true) {
    const result = yield* sendOnce(content, to, turns)
    if (result._tag !== "Limited" || !(yield* fits(result.wait, turns))) return result
    yield* sleep(turns, result.wait)
  }
})

const sleep = (turns: Turns, wait: Duration.Duration) =>
  Effect.andThen(Effect.sleep(wait), waited(turns, Duration.toMillis(wait)))

/** Whether it can be waited for in hand, with time left to send. */
const fits = (wait: Duration.Duration, turns: Turns) =>
  Effect.map(patienceOf(turns, lastSend), (left) => Duration.isLessThan(wait, left))

const sendOnce = Effect.fnUntraced(function* (content: Content, to: To, turns: Turns) {
  const silence = (to.unseen ?? 0) === 0 ? undefined : yield* silenceOf(content, to)
  if (silence !== undefined) return silence
  const begunAt = yield* currentIso
  return yield* sendContent(content, to, turns).pipe(
    Effect.catchReasons("TelegramError", {
      Migrated: ({ chatId }) => sendContent(content, { ...to, chatId }, turns),
      // Whoever deletes a topic of their own chat is still there. In a group nobody waits for it.
      NoTopic: (reason) =>
        to.topic !== undefined && to.chatId > 0
          ? sendContent(content, { ...to, topic: undefined }, turns)
          : new TelegramError({ method: methods[content._tag], reason }),
    }),
    Effect.flatMap(({ degraded }) =>
      Effect.map(currentIso, (sentAt): SendResult => ({ _tag: "Sent", degraded, begunAt, sentAt })),
    ),
    Effect.tap(note({ method: methods[content._tag], result: "Sent" })),
    Effect.catchTags({
      TooLate: () => Effect.succeed<SendResult>({ _tag: "Late" }),
      Crowded: () => Effect.succeed<SendResult>({ _tag: "Crowded" }),
      TelegramError: (error) => resultOf(error, begunAt),
      MediaError: (error) =>
        Effect.as(Effect.logWarning("there is nothing to be sent", { error }), {
          _tag: "Refused",
        } satisfies SendResult),
    }),
  )
})

/**
 * After a send without an answer Telegram is asked for something harmless first: while it is silent or has had enough,
 * nothing is sent that nobody would see arrive. Undefined: it listens.
 */
const silenceOf = Effect.fnUntraced(function* (content: Content, to: Place) {
  const telegram = yield* Telegram
  return yield* telegram.sendChatAction({ chatId: to.chatId, topic: to.topic }, actions[content._tag]).pipe(
    Effect.as(undefined),
    Effect.catchTag("TelegramError", ({ reason }) => {
      switch (reason._tag) {
        case "Unavailable":
          return Effect.as(Effect.andThen(Effect.logWarning("Telegram does not answer", { reason }), failed), down)
        case "RateLimited":
          return Effect.succeed(limited(Duration.seconds(reason.retryAfter)))
        default:
          // What it refuses, and why, the message itself will hear.
          return Effect.succeed(undefined)
      }
    }),
  )
})

const failed = Metrics.use((metrics) => metrics.count("SendFailures"))

const actions = { Text: "typing", Video: "upload_video", Voice: "record_voice" } as const satisfies Record<
  Content["_tag"],
  ChatAction
>

const methods = { Text: "sendMessage", Video: "sendVideo", Voice: "sendVoice" } as const

const resultOf = Effect.fnUntraced(function* (
  { method, reason }: TelegramError,
  begunAt: Iso,
): Effect.fn.Return<SendResult, never, Metrics> {
  yield* note({ method, result: reason._tag })
  if (reason._tag === "RateLimited") return limited(Duration.seconds(reason.retryAfter))
  if (reason._tag === "Blocked") return { _tag: "Blocked" }
  yield* failed
  yield* Effect.logWarning("a message was not sent", { method, reason })
  switch (reason._tag) {
    case "Unavailable":
      return { _tag: "Unknown", begunAt }
    case "Unauthorized":
      return { _tag: "Refused" }
    default:
      return { _tag: "Undeliverable" }
  }
})

const unseen: SendResult = { _tag: "Unseen" }
const down: SendResult = { _tag: "Down" }
const limited = (wait: Duration.Duration): SendResult => ({ _tag: "Limited", wait })
