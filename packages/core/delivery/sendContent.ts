import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Content } from "../onboarding/Content.ts"
import type { User } from "../onboarding/User.ts"
import { retention } from "../retention.ts"
import type { FileIds } from "../services/FileIds.ts"
import { type Crowded, Greetings } from "../services/Greetings.ts"
import { Media, type MediaError } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import type { SettingsError } from "../services/Settings.ts"
import type { SpeechError } from "../services/Speech.ts"
import { type File, type OutgoingMessage, type Place, Telegram } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { coverKeyOf } from "../services/VideoShape.ts"
import { currentIso, expiresAt } from "../Time.ts"
import type { TooLate } from "./Invocation.ts"
import { orElsewhere, remembered, type Source, sendFrom } from "./sendFrom.ts"
import { picturesOf, shapeOf } from "./shapeOf.ts"
import { ageOf, inTurn, type Turns } from "./Turns.ts"
import { actionAfter, greetingPatience, mostUnseen, textTimeout, timeoutOf } from "./times.ts"

/** Where a message goes, and what is known of writing there. */
export interface To extends Place {
  readonly not_before?: User["not_before"] | undefined
  /** How often this very message was sent already without an answer: each of them may have arrived. */
  readonly unseen?: number | undefined
}

/** One message of the content, by the first way that Telegram takes. It is degraded where that is not the way it was meant. */
export const sendContent = Effect.fnUntraced(function* (
  content: Content,
  { chatId, topic, unseen = 0 }: To,
  turns: Turns,
) {
  const place = { chatId, topic, ...(content.isProtected === true && { isProtected: true }) }
  switch (content._tag) {
    case "Text":
      return yield* orPlain(content.effect, (effect) => sendText(content, content.html, { ...place, ...effect }, turns))
    case "Video":
      return yield* sendVideo(content, { place, unseen }, turns)
    case "Voice":
      return yield* sendVoice(content, { place, unseen }, turns)
  }
})

/** What every message of one content has, whichever way it goes. */
type Common = Omit<OutgoingMessage, "html" | "buttons" | "effect">

interface Target {
  readonly place: Common
  readonly unseen: number
}

type ContentOf<T extends Content["_tag"]> = Extract<Content, { readonly _tag: T }>

/** An effect is worth no failure: where Telegram refuses the message, it goes without. */
const orPlain = <A, R>(
  id: string | undefined,
  send: (effect: Pick<OutgoingMessage, "effect">) => Effect.Effect<A, TelegramError | TooLate, R>,
) =>
  id === undefined
    ? send({})
    : send({ effect: id }).pipe(Effect.catchReason("TelegramError", "Rejected", () => send({})))

const sendText = Effect.fnUntraced(function* (
  { buttons }: Pick<Content, "buttons">,
  html: string,
  place: Omit<OutgoingMessage, "html" | "buttons">,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const message = { ...place, html, ...(buttons !== undefined && { buttons }) }
  yield* inTurn(turns, { method: "sendMessage", chatId: place.chatId }, textTimeout, telegram.sendMessage(message))
  return { degraded: false }
})

const sendVideo = Effect.fn("sendVideo")(function* (
  { again, buttons = [], caption, key, link }: ContentOf<"Video">,
  { place, unseen }: Target,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const media = yield* Media
  const byUrl = Effect.gen(function* (): Effect.fn.Return<File, MediaError> {
    const url = yield* media.signedUrl(key)
    const shape = yield* shapeOf(media, key)
    if (shape === undefined) return { _tag: "Url", url }
    return { _tag: "Url", url, shape, ...(shape.pictures && { cover: yield* media.signedUrl(coverKeyOf(key)) }) }
  })
  const uploaded = Effect.gen(function* (): Effect.fn.Return<File, MediaError> {
    const shape = yield* shapeOf(media, key)
    const file = { bytes: yield* media.get(key), name: key.replace(/^.*\//, ""), contentType: "video/mp4" }
    if (shape === undefined) return { _tag: "Upload", ...file }
    return { _tag: "Upload", ...file, shape, ...(shape.pictures && (yield* picturesOf(media, key))) }
  })
  const sent = yield* sendFrom(
    key,
    waysLeft([remembered(key), orElsewhere(byUrl), orElsewhere(uploaded)], unseen),
    (video) => {
      const sending = telegram.sendVideo({ ...place, html: caption, buttons }, video)
      return inTurn(turns, { method: "sendVideo", chatId: place.chatId }, timeoutOf(video), sending)
    },
    turns,
  )
  if (sent !== undefined) return { degraded: false }
  // On a machine that nobody can reach there are no links: the words go alone, and the way goes on.
  const html = yield* Effect.map(media.signedUrl(key), link).pipe(
    Effect.catchReason("MediaError", "NotFound", () => Effect.succeed(caption)),
  )
  yield* sendText({ buttons: [...buttons, again] }, html, place, turns)
  return { degraded: true }
})

/** In doubt the last way is another than the first, and goes by nobody else's server. */
const waysLeft = <A>(ways: ReadonlyArray<A>, unseen: number): ReadonlyArray<A> =>
  unseen === 0 ? ways : unseen < mostUnseen ? ways.slice(-1) : []

const sendVoice = Effect.fn("sendVoice")(function* (
  { buttons = [], caption, locale, spoken, written }: ContentOf<"Voice">,
  { place, unseen }: Target,
  turns: Turns,
) {
  const telegram = yield* Telegram
  const { audio, key } = (yield* Greetings).greeting(locale, spoken)
  const isPatient = Duration.isLessThan(yield* ageOf(turns), greetingPatience)
  const asText = (error: SpeechError | Crowded) =>
    Effect.as(Effect.logWarning("no voice, sending the greeting as text", { error }), undefined)
  const uploaded = meanwhile(audio, telegram.sendChatAction(place, "record_voice")).pipe(
    Effect.map((bytes): File => ({ _tag: "Upload", bytes, name: "greeting.mp3", contentType: "audio/mpeg" })),
    Effect.catchTag("SpeechError", asText),
    Effect.catchTag("Crowded", (error) => (isPatient ? Effect.fail(error) : asText(error))),
  )
  const until = expiresAt(yield* currentIso, Duration.days(retention.greetings))
  const sources: ReadonlyArray<Source<Crowded | SettingsError, FileIds | Metrics>> = [remembered(key), uploaded]
  const sent = yield* sendFrom(
    key,
    waysLeft(sources, unseen),
    (voice) => {
      const sending = telegram.sendVoice({ ...place, html: caption, buttons }, voice)
      return inTurn(turns, { method: "sendVoice", chatId: place.chatId }, timeoutOf(voice), sending)
    },
    turns,
    until,
  )
  if (sent !== undefined) return { degraded: false }
  yield* sendText({ buttons }, written, place, turns)
  yield* (yield* Metrics).count("DegradedGreetings")
  return { degraded: true }
})

/** Of what takes longer the person sees that it is under way. That it could not be shown delays nothing. */
const meanwhile = <A, E, R>(work: Effect.Effect<A, E, R>, action: Effect.Effect<void, TelegramError>) =>
  Effect.raceFirst(
    work,
    action.pipe(
      Effect.catchTag("TelegramError", ({ reason }) => Effect.logDebug("no action was shown", { reason })),
      Effect.delay(actionAfter),
      Effect.andThen(Effect.never),
    ),
  )
