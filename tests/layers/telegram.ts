import { textTimeout, timeoutOf } from "@concierge/core/delivery/times.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import {
  type ChatAction,
  type File,
  type KnownFile,
  type OutgoingMessage,
  type Place,
  type Sent,
  Telegram,
} from "@concierge/core/services/Telegram.ts"
import {
  BadFile,
  BadUrl,
  Blocked,
  Migrated,
  NoTopic,
  RateLimited,
  Rejected,
  TelegramError,
  Unauthorized,
} from "@concierge/core/services/TelegramError.ts"
import { millisOf } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { parseHtml } from "../../packages/local/telegram/entities/parseHtml.ts"

/** What Telegram does with one call. */
export type Answer =
  | { readonly _tag: "Ok"; readonly fileId?: string }
  /** It answers, `after` so many milliseconds, that it will not; nothing is sent. */
  | { readonly _tag: "Refuses"; readonly reason: TelegramError["reason"]; readonly after?: number }
  /** It takes the message, and the answer never arrives: the client gives up. */
  | { readonly _tag: "Hangs" }
  /** It takes the call, and answers after this many milliseconds. */
  | { readonly _tag: "Slow"; readonly millis: number }

const refuses = (reason: TelegramError["reason"]): Extract<Answer, { readonly _tag: "Refuses" }> => ({
  _tag: "Refuses",
  reason,
})

export const ok: Answer = { _tag: "Ok" }
export const rateLimited = (retryAfter: number): Answer => refuses(new RateLimited({ retryAfter }))
export const blocked = refuses(new Blocked({ description: "Forbidden: bot was blocked by the user" }))
export const badFile = refuses(new BadFile({ description: "Bad Request: wrong file identifier/HTTP URL specified" }))
export const badUrl = refuses(new BadUrl({ description: "Bad Request: failed to get HTTP URL content" }))
export const rejected = refuses(new Rejected({ status: 400, description: "Bad Request: chat not found" }))
export const migrated = (chatId: number): Answer => refuses(new Migrated({ chatId }))
export const noTopic = refuses(new NoTopic({ description: "Bad Request: message thread not found" }))
export const unauthorized = refuses(new Unauthorized({ description: "Unauthorized" }))
export const unavailable = refuses(new Unavailable({ cause: new Error("Bad Gateway") }))
export const hangs: Answer = { _tag: "Hangs" }
export const slow = (millis: number): Answer => ({ _tag: "Slow", millis })

interface Called {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly answer: Answer
}

export interface Send extends Called {
  readonly method: "sendMessage" | "sendVideo" | "sendVoice"
  readonly message: OutgoingMessage
  readonly file?: File
}

export interface Tap extends Called {
  readonly method: "answerCallback"
  readonly queryId: string
  readonly text?: string
}

export interface ShownAction extends Called {
  readonly method: "sendChatAction"
  readonly chatId: number
  readonly topic: number | undefined
  readonly action: ChatAction
}

export type Call = Send | Tap | ShownAction | (Called & { readonly method: "getMe" })

export const username = "concierge_test_bot"

/** What the test says of Telegram, and what Telegram saw. */
export class TelegramTest extends Context.Service<
  TelegramTest,
  {
    /** Every call in the order in which it was made. */
    readonly calls: Array<Call>
    /** The answers to the sends to come, one each; after the last of them `always` answers. */
    readonly script: Array<Answer>
    /** The answer to every call that the script has none for. */
    always: (method: Call["method"], chatId?: number) => Answer
    readonly sends: () => ReadonlyArray<Send>
    /** Those that Telegram took, whether or not anybody heard of it: what the people really have. */
    readonly accepted: () => ReadonlyArray<Send>
    readonly taps: () => ReadonlyArray<Tap>
    readonly actions: () => ReadonlyArray<ShownAction>
  }
>()("tests/layers/TelegramTest") {}

const isSend = (call: Call): call is Send => "message" in call
const isAction = (call: Call): call is ShownAction => call.method === "sendChatAction"
const isTap = (call: Call): call is Tap => call.method === "answerCallback"

const testLayer = Layer.sync(TelegramTest, () => {
  const calls: Array<Call> = []
  const sends = (): ReadonlyArray<Send> => calls.filter(isSend)
  return TelegramTest.of({
    calls,
    script: [],
    always: () => ok,
    sends,
    accepted: () => sends().filter(({ answer }) => answer._tag !== "Refuses"),
    taps: () => calls.filter(isTap),
    actions: () => calls.filter(isAction),
  })
})

const serviceLayer = Layer.effect(
  Telegram,
  Effect.map(TelegramTest, (test) => {
    const answering = Effect.fnUntraced(function* (method: string, given: Answer, timeout?: Duration.Duration) {
      const answer = timeout !== undefined && given._tag === "Slow" && given.millis > millisOf(timeout) ? hangs : given
      switch (answer._tag) {
        case "Refuses":
          yield* Effect.sleep(answer.after ?? 0)
          return yield* new TelegramError({ method, reason: answer.reason })
        case "Hangs":
          yield* Effect.sleep(timeout ?? textTimeout)
          return yield* new TelegramError({ method, reason: new Unavailable({ cause: new Error("no answer") }) })
        case "Slow":
          return yield* Effect.sleep(answer.millis)
      }
    })
    const send = Effect.fnUntraced(function* (method: Send["method"], message: OutgoingMessage, file?: File) {
      const scripted = test.script.shift() ?? test.always(method, message.chatId)
      const answer = problemOf(message, file) ?? scripted
      const at = yield* Clock.currentTimeMillis
      const messageId = test.calls.push({ method, at, answer, message, ...(file !== undefined && { file }) })
      yield* answering(method, answer, timeoutOf(file))
      return { messageId, ...(file !== undefined && { file: knownOf(messageId, answer, file) }) } satisfies Sent
    })
    return Telegram.of({
      sendMessage: (message) => send("sendMessage", message),
      sendVideo: (message, video) => send("sendVideo", message, video),
      sendVoice: (message, voice) => send("sendVoice", message, voice),
      sendChatAction: Effect.fnUntraced(function* ({ chatId, topic }: Place, action: ChatAction) {
        const answer = test.always("sendChatAction", chatId)
        test.calls.push({ method: "sendChatAction", at: yield* Clock.currentTimeMillis, answer, chatId, topic, action })
        yield* answering("sendChatAction", answer)
      }),
      answerCallback: Effect.fnUntraced(function* (queryId: string, text?: string) {
        const answer = test.always("answerCallback")
        const at = yield* Clock.currentTimeMillis
        test.calls.push({ method: "answerCallback", at, answer, queryId, ...(text !== undefined && { text }) })
        yield* answering("answerCallbackQuery", answer)
      }),
      username: Effect.gen(function* () {
        const answer = test.always("getMe")
        test.calls.push({ method: "getMe", at: yield* Clock.currentTimeMillis, answer })
        yield* answering("getMe", answer)
        return username
      }),
    })
  }),
)

const knownOf = (messageId: number, answer: Answer, file: File): KnownFile => {
  if (file._tag === "FileId") return { fileId: file.fileId }
  const hasCover = file._tag === "Url" ? file.cover !== undefined : file.pictures !== undefined
  return {
    fileId: answer._tag === "Ok" && answer.fileId !== undefined ? answer.fileId : `file-${messageId}`,
    ...(hasCover && { cover: `cover-${messageId}` }),
  }
}

/** The real Telegram's own checks, whatever the script says: texts, buttons and limits. */
const problemOf = ({ buttons = [], html }: OutgoingMessage, file: File | undefined): Answer | undefined => {
  const parsed = parseHtml(html)
  const refusal = (description: string): Answer => refuses(new Rejected({ status: 400, description }))
  if (Result.isFailure(parsed)) return refusal(`can't parse entities: ${parsed.failure}`)
  const { length } = parsed.success.text.trim()
  if (length === 0 && file === undefined) return refusal("message text is empty")
  if (length > (file === undefined ? 4096 : 1024)) return refusal("message is too long")
  const isValid = buttons.every((button) => !("data" in button) || fits(Buffer.byteLength(button.data)))
  return isValid ? undefined : refusal("BUTTON_DATA_INVALID")
}

const fits = (bytes: number): boolean => bytes >= 1 && bytes <= 64

/** Telegram as the test wants it, with everything that was asked of it. */
export const telegramLayer = serviceLayer.pipe(Layer.provideMerge(testLayer))
