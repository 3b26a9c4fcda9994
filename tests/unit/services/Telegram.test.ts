import { WorkerConfig } from "@concierge/core/config.ts"
import { fileTimeout } from "@concierge/core/delivery/times.ts"
import { type File, Telegram } from "@concierge/core/services/Telegram.ts"
import type { TelegramError } from "@concierge/core/services/TelegramError.ts"
import * as TelegramClient from "@concierge/telegram/Telegram.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { untilDone } from "../../layers/untilDone.ts"

type Answer = { readonly status: number; readonly body: object | string } | "hangs" | "is cut"

/** The Bot API's end of the wire: answers in order, the last one for ever. */
class Wire extends Context.Service<
  Wire,
  { answers: Array<Answer>; readonly requests: Array<Request>; readonly times: Array<number> }
>()("Telegram.test/Wire") {}

const token = "4242:very-s3cret"

const clientLayer = Layer.effect(
  HttpClient.HttpClient,
  Effect.map(Wire, (wire) =>
    HttpClient.make((request) =>
      Effect.gen(function* () {
        wire.requests.push(yield* Effect.orDie(HttpClientRequest.toWeb(request)))
        wire.times.push(yield* Clock.currentTimeMillis)
        const answer = wire.answers.length > 1 ? wire.answers.shift() : wire.answers[0]
        if (answer === undefined || answer === "hangs") return yield* Effect.never
        if (answer === "is cut") {
          const reason = new HttpClientError.TransportError({ request, cause: new Error("socket hang up") })
          return yield* new HttpClientError.HttpClientError({ reason })
        }
        const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)
        return HttpClientResponse.fromWeb(request, new Response(text, { status: answer.status }))
      }),
    ),
  ),
)

const layer = TelegramClient.layer.pipe(
  Layer.provide(clientLayer),
  Layer.provideMerge(Layer.sync(Wire, () => Wire.of({ answers: [], requests: [], times: [] }))),
  Layer.provide(
    Layer.succeed(WorkerConfig, {
      botToken: Redacted.make(token),
      telegramApi: "http://api.test",
      retention: Duration.days(90),
    }),
  ),
)

const sent = (fields: object = {}): Answer => ({
  status: 200,
  body: { ok: true, result: { message_id: 5, ...fields } },
})
const error = (status: number, description: string, parameters?: object): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters !== undefined && { parameters }) },
})

const message = {
  chatId: 2 ** 40,
  html: "<b>hi</b>",
  buttons: [
    { text: "Go", data: "finish" },
    { text: "Open", url: "https://t.me/x" },
  ],
}
const byId: File = { _tag: "FileId", fileId: "file-1" }
const shape = { width: 720, height: 1280, duration: 7 }
const byUrl: File & { readonly _tag: "Url" } = { _tag: "Url", url: "https://media.test/v.mp4", shape }

/** The answers to come, for a call on the test's clock. */
const answering = Effect.fnUntraced(function* <A, E>(
  answers: Array<Answer>,
  call: (telegram: Telegram["Service"]) => Effect.Effect<A, E>,
) {
  const wire = yield* Wire
  wire.answers = answers
  return yield* untilDone(Telegram.use(call))
})

const reasonOf = (
  answers: Array<Answer>,
  call: (telegram: Telegram["Service"]) => Effect.Effect<unknown, TelegramError>,
) => Effect.map(Effect.flip(answering(answers, call)), ({ reason }) => reason)

const ours = { local: true }

describe("a send", () => {
  it.effect("is HTML with one button a row, to the method that fits the file", () =>
    Effect.gen(function* () {
      const wire = yield* Wire
      assert.deepStrictEqual(yield* answering([sent()], (telegram) => telegram.sendMessage(message)), { messageId: 5 })
      const video = yield* answering([sent({ video: { file_id: "v" } })], (telegram) =>
        telegram.sendVideo(message, byUrl),
      )
      assert.deepStrictEqual(video, { messageId: 5, file: { fileId: "v" } })
      const voice = yield* answering([sent({ voice: { file_id: "w" } })], (telegram) =>
        telegram.sendVoice(message, byId),
      )
      assert.deepStrictEqual(voice, { messageId: 5, file: { fileId: "w" } })
      assert.deepStrictEqual(
        wire.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
        ["sendMessage", "sendVideo", "sendVoice"].map((name) => `POST /bot${token}/${name}`),
      )
      const common = {
        chat_id: 2 ** 40,
        parse_mode: "HTML",
        reply_markup: {
          inline_keyboard: [[{ text: "Go", callback_data: "finish" }], [{ text: "Open", url: "https://t.me/x" }]],
        },
      }
      const bodies = yield* Effect.forEach(wire.requests, (request) => Effect.promise(() => request.json()))
      assert.deepStrictEqual<unknown>(bodies, [
        { ...common, text: message.html },
        { ...common, caption: message.html, supports_streaming: true, ...shape, video: byUrl.url },
        { ...common, caption: message.html, voice: byId.fileId },
      ])
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("carries topic, protection, effect, styles and what is to be copied", () =>
    Effect.gen(function* () {
      const buttons = [
        { text: "Go", data: "go", style: "primary" },
        { text: "Copy", copy: "MAREA" },
      ] as const
      const full = { chatId: 7, html: "x", topic: 77, isProtected: true, effect: "5046509860389126442", buttons }
      yield* answering([sent()], (telegram) => telegram.sendMessage(full))
      const [request] = (yield* Wire).requests
      const body = yield* Effect.promise(async (): Promise<unknown> => await request?.json())
      assert.deepStrictEqual(body, {
        chat_id: 7,
        parse_mode: "HTML",
        text: "x",
        message_thread_id: 77,
        protect_content: true,
        message_effect_id: "5046509860389126442",
        reply_markup: {
          inline_keyboard: [
            [{ text: "Go", callback_data: "go", style: "primary" }],
            [{ text: "Copy", copy_text: { text: "MAREA" } }],
          ],
        },
      })
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect.each(["video", "animation", "document"] as const)("as %s it has a file id all the same", (kind) =>
    Effect.gen(function* () {
      const video = yield* answering([sent({ [kind]: { file_id: "v" } })], (telegram) =>
        telegram.sendVideo(message, byUrl),
      )
      assert.deepStrictEqual(video, { messageId: 5, file: { fileId: "v" } })
    }).pipe(Effect.provide(layer, { local: true })),
  )

  it.effect("uploads bytes as a form", () =>
    Effect.gen(function* () {
      const wire = yield* Wire
      const bytes = new TextEncoder().encode("ID3")
      const upload: File = { _tag: "Upload", bytes, name: "greeting.mp3", contentType: "audio/mpeg" }
      yield* answering([sent()], (telegram) => telegram.sendVoice(message, upload))
      const form = yield* Effect.promise(async () => await wire.requests[0]?.formData())
      const file = form?.get("voice")
      if (!(file instanceof Blob)) return assert.fail("there is no file in the form")
      assert.deepInclude({ name: file.name, type: file.type }, { name: "greeting.mp3", type: "audio/mpeg" })
      assert.strictEqual(yield* Effect.promise(() => file.text()), "ID3")
      assert.strictEqual(form?.get("chat_id"), String(2 ** 40))
      assert.include(String(form?.get("reply_markup")), "inline_keyboard")
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("of a video carries its pictures: the cover's address or id, both as parts of a form", () =>
    Effect.gen(function* () {
      const wire = yield* Wire
      const covered = sent({ video: { file_id: "v", cover: [{ file_id: "small" }, { file_id: "large" }] } })
      const pictures = { cover: Uint8Array.of(1), thumbnail: Uint8Array.of(2, 3) }
      const upload: File = {
        _tag: "Upload",
        bytes: Uint8Array.of(0),
        name: "v.mp4",
        contentType: "video/mp4",
        shape,
        pictures,
      }
      const answers = yield* Effect.forEach(
        [{ ...byUrl, cover: "https://media.test/v.jpg" }, { ...byId, cover: "large" }, upload],
        (file) => answering([covered], (telegram) => telegram.sendVideo(message, file)),
      )
      for (const { file } of answers) assert.deepStrictEqual(file, { fileId: "v", cover: "large" })
      const [url, id] = yield* Effect.forEach(wire.requests.slice(0, 2), (request) =>
        Effect.promise(() => request.json()),
      )
      assert.deepInclude(url, { cover: "https://media.test/v.jpg", width: 720 })
      assert.deepInclude(id, { video: byId.fileId, cover: "large" })
      const form = yield* Effect.promise(async () => await wire.requests[2]?.formData())
      for (const [name, bytes] of Object.entries(pictures)) {
        const part = form?.get(String(form.get(name)).replace("attach://", ""))
        if (!(part instanceof Blob)) return assert.fail(`there is no ${name} in the form`)
        assert.strictEqual(part.type, "image/jpeg")
        assert.deepStrictEqual(new Uint8Array(yield* Effect.promise(() => part.arrayBuffer())), bytes)
      }
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect.each([
    [error(429, "Too Many Requests: retry after 7", { retry_after: 7 }), byId, "RateLimited"],
    [error(429, "Too Many Requests"), byId, "RateLimited"],
    [error(403, "Forbidden: bot was blocked by the user"), byId, "Blocked"],
    [error(403, "Forbidden: user is deactivated"), byId, "Blocked"],
    [error(400, "Bad Request: wrong file identifier/HTTP URL specified"), byId, "BadFile"],
    [error(400, "Bad Request: wrong remote file identifier specified: can't unserialize it"), byId, "BadFile"],
    [error(400, "Bad Request: failed to get HTTP URL content"), byUrl, "BadUrl"],
    [error(400, "Bad Request: wrong type of the web page content"), byUrl, "BadUrl"],
    [error(400, "Bad Request: chat not found"), byId, "Rejected"],
    [error(413, "Request Entity Too Large"), byUrl, "Rejected"],
    [error(401, "Unauthorized"), byId, "Unauthorized"],
    [error(404, "Not Found"), byId, "Unauthorized"],
    [error(502, "Bad Gateway"), byId, "Unavailable"],
    [{ status: 502, body: "<html>Bad Gateway</html>" }, byId, "Unavailable"],
    [{ status: 200, body: { ok: true, result: { message_id: "5" } } }, byId, "Unavailable"],
    [{ status: 200, body: { ok: false } }, byId, "Rejected"],
    ["is cut", byId, "Unavailable"],
    ["hangs", byId, "Unavailable"],
  ] as const)("is made once, whatever comes of it: %j", ([answer, file, tag]) =>
    Effect.gen(function* () {
      const started = yield* Clock.currentTimeMillis
      const reason = yield* reasonOf([answer], (telegram) => telegram.sendVideo(message, file))
      assert.strictEqual(reason._tag, tag)
      assert.lengthOf((yield* Wire).requests, 1)
      assert.isAtMost((yield* Clock.currentTimeMillis) - started, Duration.toMillis(fileTimeout))
      assert.notInclude(JSON.stringify(reason) + String(reason._tag === "Unavailable" ? reason.cause : ""), "s3cret")
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("says how long to wait", () =>
    Effect.gen(function* () {
      const named = error(429, "Too Many Requests: retry after 7", { retry_after: 7 })
      assert.deepInclude<object>(yield* reasonOf([named], (telegram) => telegram.sendMessage(message)), {
        retryAfter: 7,
      })
      // Nobody is called again at once who has just had enough.
      const none = error(429, "Too Many Requests: retry after 0", { retry_after: 0 })
      assert.deepInclude<object>(yield* reasonOf([none], (telegram) => telegram.sendMessage(message)), {
        retryAfter: 1,
      })
      const bare = yield* reasonOf([error(429, "Too Many Requests")], (telegram) => telegram.sendMessage(message))
      assert.deepInclude<object>(bare, { retryAfter: 1 })
    }).pipe(Effect.provide(layer, ours)),
  )
})

describe("a call that may be repeated", () => {
  it.effect("is tried three times within ten seconds while Telegram is down", () =>
    Effect.gen(function* () {
      const reason = yield* reasonOf(["hangs"], (telegram) => telegram.answerCallback("q"))
      assert.strictEqual(reason._tag, "Unavailable")
      const { times } = yield* Wire
      assert.lengthOf(times, 3)
      assert.isAtMost((yield* Clock.currentTimeMillis) - (times[0] ?? 0), 10_000)
      yield* answering([error(500, "Internal"), sent()], (telegram) => telegram.answerCallback("q", "a toast"))
      assert.lengthOf(times, 5)
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("is not repeated when it was refused", () =>
    Effect.gen(function* () {
      const reason = yield* reasonOf([error(429, "Too Many Requests")], (telegram) => telegram.answerCallback("q"))
      assert.strictEqual(reason._tag, "RateLimited")
      assert.lengthOf((yield* Wire).requests, 1)
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("an answer to a tap that is too old is a success", () =>
    Effect.gen(function* () {
      const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid"
      yield* answering([error(400, tooOld)], (telegram) => telegram.answerCallback("q"))
      const { requests } = yield* Wire
      const body = yield* Effect.promise(async () => await requests[0]?.json())
      assert.deepStrictEqual(body, { callback_query_id: "q" })
    }).pipe(Effect.provide(layer, ours)),
  )

  it.effect("our own name is asked for until it is known, then never again", () =>
    Effect.gen(function* () {
      const me: Answer = { status: 200, body: { ok: true, result: { id: 4242, is_bot: true, username: "our_bot" } } }
      assert.strictEqual(
        (yield* reasonOf([error(401, "Unauthorized")], ({ username }) => username))._tag,
        "Unauthorized",
      )
      for (const _ of [1, 2]) assert.strictEqual(yield* answering([me], ({ username }) => username), "our_bot")
      assert.lengthOf((yield* Wire).requests, 2)
    }).pipe(Effect.provide(layer, ours)),
  )
})
