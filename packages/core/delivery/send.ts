import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Content } from "../onboarding/Content.ts"
import type { User } from "../onboarding/User.ts"
import { retention } from "../retention.ts"
import { Greetings } from "../services/Greetings.ts"
import { Media } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import type { SendResult } from "../services/SendResult.ts"
import { type File, Telegram } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { currentIso, expiresAt, millisBetween } from "../Time.ts"
import { inTime } from "./Invocation.ts"
import { orElsewhere, sendFrom } from "./sendFrom.ts"
import { inTurn, patienceOf, type Turns } from "./Turns.ts"
import { lastSend } from "./times.ts"

/** Where a message goes, and since when that is not to be written to. */
export interface To {
  readonly chatId: number
  readonly not_before?: User["not_before"] | undefined
}

/** At most one send that may be accepted: only a 429, which says that nothing was sent, is tried again, as long as there is time. */
export const send = Effect.fnUntraced(function* (content: Content, to: To, turns: Turns) {
  const now = yield* currentIso
  const wait = Duration.millis(to.not_before === undefined ? 0 : Math.max(0, millisBetween(now, to.not_before)))
  if (!(yield* fits(wait, turns))) return limited(wait)
  if (!Duration.isZero(wait)) yield* Effect.sleep(wait)
  while (true) {
    const result = yield* sendOnce(content, to.chatId, turns)
    if (result._tag !== "Limited" || !(yield* fits(result.wait, turns))) return result
  }
})

/** Whether it can be waited for in hand, with time left to send. Its turn comes no sooner. */
const fits = (wait: Duration.Duration, turns: Turns) =>
  Effect.map(patienceOf(turns, lastSend), (left) => Duration.isLessThan(wait, left))

const sendOnce = Effect.fnUntraced(function* (content: Content, chatId: number, turns: Turns) {
  const begunAt = yield* currentIso
  return yield* inTime(turns.invocation).pipe(
    Effect.andThen(sendContent(content, chatId, turns)),
    Effect.flatMap(({ degraded }) =>
      Effect.map(currentIso, (sentAt): SendResult => ({ _tag: "Sent", degraded, begunAt, sentAt })),
    ),
    Effect.catchTags({
      TooLate: () => Effect.succeed<SendResult>({ _tag: "Late" }),
      TelegramError: resultOf,
      MediaError: (error) =>
        Effect.as(Effect.logWarning("there is nothing to be sent", { error }), {
          _tag: "Refused",
        } satisfies SendResult),
    }),
  )
})

const sendContent = Effect.fnUntraced(function* (content: Content, chatId: number, turns: Turns) {
  switch (content._tag) {
    case "Text":
      return yield* sendText(content, content.html, chatId, turns)
    case "Video":
      return yield* sendVideo(content, chatId, turns)
    case "Voice":
      return yield* sendVoice(content, chatId, turns)
  }
})

type ContentOf<T extends Content["_tag"]> = Extract<Content, { readonly _tag: T }>

const sendText = Effect.fnUntraced(function* (
  { buttons }: Pick<Content, "buttons">,
  html: string,
  chatId: number,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const message = { chatId, html, ...(buttons !== undefined && { buttons }) }
  yield* inTurn(turns, { method: "sendMessage", chatId }, telegram.sendMessage(message))
  return { degraded: false }
})

const sendVideo = Effect.fn("sendVideo")(function* (
  { buttons = [], caption, key, link }: ContentOf<"Video">,
  chatId: number,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const media = yield* Media
  const byUrl = Effect.map(media.signedUrl(key), (url): File => ({ _tag: "Url", url }))
  const uploaded = Effect.map(
    media.get(key),
    (bytes): File => ({ _tag: "Upload", bytes, name: key.replace(/^.*\//, ""), contentType: "video/mp4" }),
  )
  const sent = yield* sendFrom(
    key,
    [orElsewhere(byUrl), orElsewhere(uploaded)],
    (video) =>
      inTurn(turns, { method: "sendVideo", chatId }, telegram.sendVideo({ chatId, html: caption, buttons }, video)),
    turns,
  )
  if (sent !== undefined) return { degraded: false }
  const url = yield* media.signedUrl(key)
  yield* sendText({ buttons }, link(url), chatId, turns)
  return { degraded: true }
})

const sendVoice = Effect.fn("sendVoice")(function* (
  { buttons = [], caption, locale, spoken, written }: ContentOf<"Voice">,
  chatId: number,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const { audio, key } = (yield* Greetings).greeting(locale, spoken)
  const uploaded = audio.pipe(
    Effect.map((bytes): File => ({ _tag: "Upload", bytes, name: "greeting.mp3", contentType: "audio/mpeg" })),
    Effect.catchTag("SpeechError", (error) =>
      Effect.as(Effect.logWarning("no voice, sending the greeting as text", { error }), undefined),
    ),
  )
  const until = expiresAt(yield* currentIso, Duration.days(retention.greetings))
  const sent = yield* sendFrom(
    key,
    [uploaded],
    (voice) =>
      inTurn(turns, { method: "sendVoice", chatId }, telegram.sendVoice({ chatId, html: caption, buttons }, voice)),
    turns,
    until,
  )
  if (sent !== undefined) return { degraded: false }
  yield* sendText({ buttons }, written, chatId, turns)
  yield* (yield* Metrics).count("DegradedGreetings")
  return { degraded: true }
})

const resultOf = Effect.fnUntraced(function* ({
  method,
  reason,
}: TelegramError): Effect.fn.Return<SendResult, never, Metrics> {
  if (reason._tag === "RateLimited") return limited(Duration.seconds(reason.retryAfter))
  if (reason._tag === "Blocked") return { _tag: "Blocked" }
  yield* (yield* Metrics).count("SendFailures")
  yield* Effect.logWarning("a message was not sent", { method, reason })
  switch (reason._tag) {
    case "Unavailable":
      return { _tag: "Unknown" }
    case "Unauthorized":
      return { _tag: "Refused" }
    default:
      return { _tag: "Undeliverable" }
  }
})

const limited = (wait: Duration.Duration): SendResult => ({ _tag: "Limited", wait })
