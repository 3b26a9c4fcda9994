import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Content } from "../onboarding/Content.ts"
import type { User } from "../onboarding/User.ts"
import { retention } from "../retention.ts"
import { Greetings } from "../services/Greetings.ts"
import { Media } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import type { SendResult } from "../services/SendResult.ts"
import { type File, type Message, type Place, Telegram } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { currentIso, expiresAt, millisBetween } from "../Time.ts"
import { type Invocation, inTime } from "./Invocation.ts"
import { orElsewhere, sendFrom } from "./sendFrom.ts"
import { shortWait } from "./times.ts"

/** Where a message goes, and since when that is not to be written to. */
export interface To extends Place {
  readonly not_before?: User["not_before"] | undefined
}

/** At most one send that may be accepted: only a 429, which says that nothing was sent, is tried again, and only once. */
export const send = Effect.fnUntraced(function* (content: Content, to: To, invocation: Invocation) {
  const now = yield* currentIso
  const wait = Duration.millis(to.not_before === undefined ? 0 : Math.max(0, millisBetween(now, to.not_before)))
  if (Duration.isGreaterThan(wait, shortWait)) return limited(wait)
  if (!Duration.isZero(wait)) yield* Effect.sleep(wait)
  const first = yield* sendOnce(content, to, invocation)
  if (first._tag !== "Limited" || !Duration.isZero(wait) || Duration.isGreaterThan(first.wait, shortWait)) return first
  yield* Effect.sleep(first.wait)
  return yield* sendOnce(content, to, invocation)
})

const sendOnce = Effect.fnUntraced(function* (content: Content, to: To, invocation: Invocation) {
  const begunAt = yield* currentIso
  return yield* inTime(invocation).pipe(
    Effect.andThen(sendContent(content, to, invocation)),
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

const sendContent = Effect.fnUntraced(function* (content: Content, { chatId, topic }: To, invocation: Invocation) {
  const place = { chatId, topic, ...(content.isProtected === true && { isProtected: true }) }
  switch (content._tag) {
    case "Text":
      return yield* orPlain(content.effect, (effect) => sendText(content, content.html, { ...place, ...effect }))
    case "Video":
      return yield* sendVideo(content, place, invocation)
    case "Voice":
      return yield* sendVoice(content, place, invocation)
  }
})

/** What every message of one content has, whichever way it goes. */
type Common = Omit<Message, "html" | "buttons" | "effect">

type ContentOf<T extends Content["_tag"]> = Extract<Content, { readonly _tag: T }>

/** An effect is worth no failure: where Telegram refuses the message, it goes without. */
const orPlain = <A, R>(
  id: string | undefined,
  send: (effect: Pick<Message, "effect">) => Effect.Effect<A, TelegramError, R>,
) =>
  id === undefined
    ? send({})
    : send({ effect: id }).pipe(Effect.catchReason("TelegramError", "Rejected", () => send({})))

const sendText = Effect.fnUntraced(function* (
  { buttons }: Pick<Content, "buttons">,
  html: string,
  place: Omit<Message, "html" | "buttons">,
) {
  const telegram = yield* Telegram
  yield* telegram.sendMessage({ ...place, html, ...(buttons !== undefined && { buttons }) })
  return { degraded: false }
})

const sendVideo = Effect.fn("sendVideo")(function* (
  { buttons = [], caption, key, link }: ContentOf<"Video">,
  place: Common,
  invocation: Invocation,
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
    (video) => telegram.sendVideo({ ...place, html: caption, buttons }, video),
    invocation,
  )
  if (sent !== undefined) return { degraded: false }
  const url = yield* media.signedUrl(key)
  yield* inTime(invocation)
  yield* sendText({ buttons }, link(url), place)
  return { degraded: true }
})

const sendVoice = Effect.fn("sendVoice")(function* (
  { buttons = [], caption, locale, spoken, written }: ContentOf<"Voice">,
  place: Common,
  invocation: Invocation,
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
    (voice) => telegram.sendVoice({ ...place, html: caption, buttons }, voice),
    invocation,
    until,
  )
  if (sent !== undefined) return { degraded: false }
  yield* inTime(invocation)
  yield* sendText({ buttons }, written, place)
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
