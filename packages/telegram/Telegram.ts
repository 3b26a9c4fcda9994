import { WorkerConfig } from "@concierge/core/config.ts"
import { timeoutOf } from "@concierge/core/delivery/times.ts"
import type { Button } from "@concierge/core/onboarding/Content.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import {
  type File,
  type KnownFile,
  type OutgoingMessage,
  type Place,
  type Sent,
  Telegram,
} from "@concierge/core/services/Telegram.ts"
import { TelegramError } from "@concierge/core/services/TelegramError.ts"
import type { VideoShape } from "@concierge/core/services/VideoShape.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { type Carried, decodeAnswer, reasonOf, reasonOfBody } from "./answer.ts"

/** Calls that may be repeated without harm: two more attempts, the second within half a second. */
const callRetry = Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 2 }))
const callTimeout = Duration.seconds(3)

/** Over HTTP, at the origin that the configuration names. */
export const layer: Layer.Layer<Telegram, never, WorkerConfig | HttpClient.HttpClient> = Layer.effect(
  Telegram,
  Effect.gen(function* () {
    const { botToken, telegramApi } = yield* WorkerConfig
    const http = yield* HttpClient.HttpClient
    const call = Effect.fnUntraced(function* (method: string, body: HttpBody.HttpBody, carried: Carried) {
      const url = `${telegramApi}/bot${Redacted.value(botToken)}/${method}`
      const { status, text } = yield* HttpClientRequest.post(url).pipe(
        HttpClientRequest.setBody(body),
        http.execute,
        Effect.flatMap((response) => Effect.map(response.text, (text) => ({ status: response.status, text }))),
        // The request, and with it the bot's token, stays out of the error.
        Effect.mapError(({ reason }) => unavailable(method, `${reason._tag}: ${String(reason.cause)}`)),
      )
      const answer = decodeAnswer(text)
      if (Result.isFailure(answer)) return yield* new TelegramError({ method, reason: reasonOfBody(status, carried) })
      if (status === 200 && answer.success.ok) return answer.success.result
      return yield* new TelegramError({ method, reason: reasonOf(status, answer.success, carried) })
    }, quiet)

    const send = (method: string, message: OutgoingMessage, field?: string, file?: File) =>
      call(method, bodyOf(message, field, file), file?._tag ?? "nothing").pipe(
        within(method, timeoutOf(file)),
        Effect.flatMap((result) => Effect.mapError(decodeSent(result), (cause) => unavailable(method, cause.message))),
      )
    const repeatable = (method: string, body: object) =>
      call(method, HttpBody.jsonUnsafe(body), "nothing").pipe(
        within(method, callTimeout),
        Effect.retry({ schedule: callRetry, while: ({ reason }) => reason._tag === "Unavailable" }),
      )

    const getMe = Effect.gen(function* () {
      const me = decodeMe(yield* repeatable("getMe", {}))
      return (yield* Effect.mapError(me, (cause) => unavailable("getMe", cause.message))).username
    }).pipe(Effect.withSpan("Telegram.getMe"))
    // What was answered once stays so; a failure is asked again.
    const username = yield* Effect.cachedWithTTL(getMe, (exit) =>
      Exit.isSuccess(exit) ? Duration.infinity : Duration.zero,
    )

    return Telegram.of({
      sendMessage: Effect.fn("Telegram.sendMessage")((message) =>
        Effect.map(send("sendMessage", message), ({ message_id }) => ({ messageId: message_id })),
      ),
      sendVideo: Effect.fn("Telegram.sendVideo")((message, video) =>
        Effect.map(send("sendVideo", message, "video", video), (sent) =>
          // A video without sound comes back as an animation, and what is no MP4 as a document.
          sentFile(sent.message_id, sent.video ?? sent.animation ?? sent.document),
        ),
      ),
      sendVoice: Effect.fn("Telegram.sendVoice")((message, voice) =>
        Effect.map(send("sendVoice", message, "voice", voice), (sent) =>
          sentFile(sent.message_id, sent.voice ?? sent.audio ?? sent.document),
        ),
      ),
      sendChatAction: Effect.fn("Telegram.sendChatAction")((place, action) =>
        Effect.asVoid(repeatable("sendChatAction", { ...placeOf(place), action })),
      ),
      answerCallback: Effect.fn("Telegram.answerCallbackQuery")((queryId, text) =>
        repeatable("answerCallbackQuery", { callback_query_id: queryId, ...(text !== undefined && { text }) }).pipe(
          Effect.asVoid,
          Effect.catchReason("TelegramError", "QueryTooOld", () => Effect.void),
        ),
      ),
      username,
    })
  }),
)

/** Neither a span with the URL in it, nor our trace context sent to Telegram. */
const quiet = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  effect.pipe(
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
    Effect.provideService(HttpClient.TracerPropagationEnabled, false),
  )

const unavailable = (method: string, why: string): TelegramError =>
  new TelegramError({ method, reason: new Unavailable({ cause: new Error(why) }) })

const within = (method: string, timeout: Duration.Duration) =>
  Effect.timeoutOrElse({
    duration: timeout,
    orElse: () => Effect.fail(unavailable(method, `no answer within ${Duration.format(timeout)}`)),
  })

const FileId = Schema.Struct({
  file_id: Schema.String,
  /** Of a video, in several sizes. */
  cover: Schema.optionalKey(Schema.Array(Schema.Struct({ file_id: Schema.String }))),
})
const SentMessage = Schema.Struct({
  message_id: Schema.Int,
  video: Schema.optionalKey(FileId),
  animation: Schema.optionalKey(FileId),
  voice: Schema.optionalKey(FileId),
  audio: Schema.optionalKey(FileId),
  document: Schema.optionalKey(FileId),
})
const decodeSent = Schema.decodeUnknownEffect(SentMessage)
const decodeMe = Schema.decodeUnknownEffect(Schema.Struct({ username: Schema.String }))

const sentFile = (messageId: number, file: typeof FileId.Type | undefined): Sent => ({
  messageId,
  ...(file !== undefined && { file: knownOf(file.file_id, file.cover?.at(-1)?.file_id) }),
})

const knownOf = (fileId: string, cover: string | undefined): KnownFile => ({
  fileId,
  ...(cover !== undefined && { cover }),
})

const placeOf = ({ chatId, topic }: Place) => ({
  chat_id: chatId,
  ...(topic !== undefined && { message_thread_id: topic }),
})

const bodyOf = (message: OutgoingMessage, field = "text", file?: File): HttpBody.HttpBody => {
  const { buttons, effect, html, isProtected } = message
  const fields = {
    ...placeOf(message),
    ...(isProtected === true && { protect_content: true }),
    ...(effect !== undefined && { message_effect_id: effect }),
    parse_mode: "HTML",
    [file === undefined ? "text" : "caption"]: html,
    ...(field === "video" && { supports_streaming: true }),
    ...(file !== undefined && "shape" in file && file.shape !== undefined && seenOf(file.shape)),
    ...(file !== undefined && "cover" in file && { cover: file.cover }),
    ...(buttons !== undefined && { reply_markup: { inline_keyboard: buttons.map((button) => [keyOf(button)]) } }),
  }
  if (file?._tag === "Upload") return uploadOf(fields, field, file)
  if (file === undefined) return HttpBody.jsonUnsafe(fields)
  return HttpBody.jsonUnsafe({ ...fields, [field]: file._tag === "FileId" ? file.fileId : file.url })
}

const seenOf = ({ duration, height, width }: VideoShape) => ({ width, height, duration })

const keyOf = (button: Button) => {
  if ("url" in button) return button
  if ("copy" in button) return { text: button.text, copy_text: { text: button.copy } }
  const { data, ...shown } = button
  return { ...shown, callback_data: data }
}

const uploadOf = (
  fields: Readonly<Record<string, unknown>>,
  field: string,
  file: Extract<File, { readonly _tag: "Upload" }>,
): HttpBody.HttpBody => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value))
  }
  form.set(field, new Blob([Uint8Array.from(file.bytes)], { type: file.contentType }), file.name)
  for (const [name, bytes] of Object.entries(file.pictures ?? {})) {
    form.set(name, `attach://${name}_file`)
    form.set(`${name}_file`, new Blob([Uint8Array.from(bytes)], { type: "image/jpeg" }), `${name}.jpg`)
  }
  return HttpBody.formData(form)
}
