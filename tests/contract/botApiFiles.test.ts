import { assert, layer } from "@effect/vitest"
import type { Message } from "@grammyjs/types"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Api, InputFile } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { botToken } from "../fixtures/telegram/bot.ts"
import * as FileHost from "../fixtures/telegram/fileHost.ts"
import { jpeg, mp4, ogg } from "../fixtures/telegram/media.ts"
import { open } from "./fixtures/http.ts"

const chatId = 200
const start = Effect.flatMap(StandIn, (standIn) => standIn.send({ chatId, text: "/start" }))
const video = mp4({ seconds: 7, width: 720, height: 1280 })

layer(Layer.merge(Bot.layer(), FileHost.layer))("files in the stand-in Bot API", (it) => {
  it.effect("an uploaded video is measured, and sent again by its file_id", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const caption = { caption: "<b>Welcome</b>", parse_mode: "HTML" } as const
      const first = yield* bot.call((api) => api.sendVideo(chatId, new InputFile(video, "welcome.mp4"), caption))
      const { file_id, file_unique_id, ...measured } = first.video
      assert.deepStrictEqual<unknown>(measured, {
        file_size: video.length,
        mime_type: "video/mp4",
        file_name: "welcome.mp4",
        duration: 7,
        width: 720,
        height: 1280,
      })
      assert.deepInclude(first, {
        caption: "Welcome",
        caption_entities: [{ type: "bold", offset: 0, length: 7 }],
      })
      const again = yield* bot.call((api) => api.sendVideo(chatId, file_id))
      assert.deepStrictEqual(again.video, first.video)
      assert.match(file_unique_id, /^[\w-]{20}$/)
    }),
  )

  it.effect("a video has the cover that it was sent with, by upload, by URL and by id, and each message its own", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const send = (other: Parameters<Api["sendVideo"]>[2]) =>
        Effect.map(
          bot.call((api) => api.sendVideo(chatId, new InputFile(video, "welcome.mp4"), other)),
          (sent) => sent.video.cover?.map(({ file_id, height, width }) => ({ file_id, height, width })),
        )
      const [cover] = (yield* send({ cover: new InputFile(jpeg(720, 1280), "c.jpg") })) ?? []
      if (cover === undefined) return assert.fail("there is no cover")
      assert.deepInclude(cover, { width: 720, height: 1280 })
      assert.deepStrictEqual(yield* send({ cover: cover.file_id }), [cover])
      assert.deepStrictEqual(yield* send({ cover: `${(yield* FileHost.FileHost).url}/cover.jpg` }), [cover])
      assert.isUndefined(yield* send({}))
      const refused = (cover: InputFile | string) =>
        bot.refusal((api) => api.sendVideo(chatId, new InputFile(video, "v.mp4"), { cover }))
      assert.strictEqual(
        yield* refused(new InputFile(Buffer.from("no JPEG"), "c.jpg")),
        "400 Bad Request: IMAGE_PROCESS_FAILED",
      )
      assert.strictEqual(
        yield* refused(new InputFile(jpeg(10, 201), "c.jpg")),
        "400 Bad Request: PHOTO_INVALID_DIMENSIONS",
      )
      assert.strictEqual(yield* refused("nobodys"), "400 Bad Request: wrong file identifier/HTTP URL specified")
    }),
  )

  it.effect(
    "a thumbnail stays with an uploaded file, unless it is too large; it is no upload's, and nothing is said",
    () =>
      Effect.gen(function* () {
        yield* start
        const bot = yield* Bot.Bot
        const send = (height: number, thumbnail: InputFile) =>
          bot.call((api) =>
            api.sendVideo(chatId, new InputFile(mp4({ seconds: 7, width: 720, height }), "v.mp4"), { thumbnail }),
          )
        const first = yield* send(1101, new InputFile(jpeg(180, 320), "t.jpg"))
        assert.deepInclude(first.video.thumbnail, { width: 180, height: 320 })
        const again = yield* bot.call((api) => api.sendVideo(chatId, first.video.file_id))
        assert.deepStrictEqual(again.video.thumbnail, first.video.thumbnail)
        assert.notProperty((yield* send(1102, new InputFile(jpeg(181, 321), "t.jpg"))).video, "thumbnail")
        assert.notProperty((yield* send(1103, new InputFile(jpeg(180, 320, 200 * 1024), "t.jpg"))).video, "thumbnail")
        assert.notProperty((yield* send(1104, new InputFile(Buffer.from("PNG"), "t.png"))).video, "thumbnail")
      }),
  )

  it.effect("what the bot says of a file is believed", () =>
    Effect.gen(function* () {
      yield* start
      const said = { duration: 9, width: 10, height: 20 }
      const file = new InputFile(Buffer.from("not measurable"), "v.mp4")
      const sent = yield* (yield* Bot.Bot).call((api) => api.sendVideo(chatId, file, said))
      assert.deepInclude(sent.video, said)
    }),
  )

  it.effect("a video over 10 MB is square and has no length, unless the bot says otherwise", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const large = (height: number) =>
        new InputFile(mp4({ seconds: 7, width: 720, height, size: 11_000_000 }), "v.mp4")
      const bare = yield* bot.call((api) => api.sendVideo(chatId, large(1280)))
      assert.deepInclude(bare.video, { width: 320, height: 320, duration: 0 })
      const said = { width: 720, height: 1281, duration: 7 }
      assert.deepInclude((yield* bot.call((api) => api.sendVideo(chatId, large(1281), said))).video, said)
    }),
  )

  it.effect("a video without sound comes back as an animation, and is sent again by its id", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const file = mp4({ seconds: 7, width: 720, height: 1280, tracks: ["vide"] })
      const { animation, document, video }: Partial<Message> = yield* bot.call((api) =>
        api.sendVideo(chatId, new InputFile(file, "v.mp4")),
      )
      assert.isUndefined(video)
      assert.strictEqual(document?.file_id, animation?.file_id)
      const again: Partial<Message> = yield* bot.call((api) => api.sendVideo(chatId, animation?.file_id ?? ""))
      assert.strictEqual(again.animation?.file_id, animation?.file_id)
      const loud = mp4({ seconds: 7, width: 720, height: 1280, tracks: ["vide", "soun"] })
      assert.isDefined((yield* bot.call((api) => api.sendVideo(chatId, new InputFile(loud, "v.mp4")))).video)
    }),
  )

  it.effect("attach:// names another part of the form", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const form = new FormData()
      form.set("chat_id", String(chatId))
      form.set("voice", "attach://greeting")
      form.set("greeting", new Blob([ogg(4)], { type: "audio/ogg" }), "greeting.ogg")
      const sent = yield* open(`${bot.url}/bot${botToken}/sendVoice`, { method: "POST", body: form })
      const { result } = JSON.parse(new TextDecoder().decode(sent.bytes))
      assert.deepInclude(result.voice, { duration: 4, mime_type: "audio/ogg" })
    }),
  )

  it.effect("a file can be downloaded, whole or in part", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const { voice } = yield* bot.call((api) => api.sendVoice(chatId, new InputFile(ogg(3), "greeting.ogg")))
      const file = yield* bot.call((api) => api.getFile(voice.file_id))
      assert.deepInclude(file, { file_id: voice.file_id, file_size: 200 })
      const url = `${bot.url}/file/bot${botToken}/${file.file_path}`
      const whole = yield* open(url)
      assert.strictEqual(whole.headers.get("content-type"), "audio/ogg")
      assert.deepStrictEqual(Buffer.from(whole.bytes), ogg(3))
      const part = yield* open(url, { headers: { range: "bytes=0-3" } })
      assert.deepStrictEqual([part.status, new TextDecoder().decode(part.bytes)], [206, "OggS"])
      assert.strictEqual(part.headers.get("content-range"), "bytes 0-3/200")
      assert.strictEqual((yield* open(url, { headers: { range: "bytes=200-" } })).status, 416)
      assert.strictEqual((yield* open(`${bot.url}/sandbox/files/${voice.file_id}`)).bytes.length, 200)
      assert.strictEqual((yield* open(`${bot.url}/sandbox/files/unknown`)).status, 404)
      assert.strictEqual((yield* open(`${bot.url}/file/bot1:x/${file.file_path}`)).status, 401)
      const unknown = (api: Api) => api.getFile("unknown")
      assert.match(yield* bot.refusal(unknown), /^400 Bad Request: wrong file_id/)
    }),
  )

  it.effect.each([
    ["sendVideo", "/welcome.mp4", "video"],
    ["sendVideo", "/moved", "video"],
    ["sendVideo", "/greeting.mp3", "document"],
    ["sendVoice", "/greeting.ogg", "voice"],
    ["sendVoice", "/greeting.mp3", "audio"],
    ["sendVoice", "/long.ogg", "document"],
  ] as const)("%s of %s arrives as %s", ([method, path, kind]) =>
    Effect.gen(function* () {
      yield* start
      const url = (yield* FileHost.FileHost).url + path
      const sent = yield* (yield* Bot.Bot).call<object>((api) => api[method](chatId, url))
      assert.property(sent, kind)
    }),
  )

  it.effect.each([
    ["/huge.mp4", "failed to get HTTP URL content"],
    ["/missing.mp4", "failed to get HTTP URL content"],
    ["/page", "wrong type of the web page content"],
  ])("the URL %s is refused", ([path, refusal]) =>
    Effect.gen(function* () {
      yield* start
      const url = (yield* FileHost.FileHost).url + path
      assert.strictEqual(
        yield* (yield* Bot.Bot).refusal((api) => api.sendVideo(chatId, url)),
        `400 Bad Request: ${refusal}`,
      )
    }),
  )

  it.effect("a server that cannot be reached is a failed fetch", () =>
    Effect.gen(function* () {
      yield* start
      const send = (api: Api) => api.sendVideo(chatId, "http://127.0.0.1:1/welcome.mp4")
      assert.strictEqual(yield* (yield* Bot.Bot).refusal(send), "400 Bad Request: failed to get HTTP URL content")
    }),
  )

  it.effect("a file_id belongs to this bot and to one type", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const { voice } = yield* bot.call((api) => api.sendVoice(chatId, new InputFile(ogg(2), "a.ogg")))
      const asVideo = (api: Api) => api.sendVideo(chatId, voice.file_id)
      assert.strictEqual(yield* bot.refusal(asVideo), "400 Bad Request: can't use file of type VoiceNote as Video")
      const unknown = (api: Api) => api.sendVideo(chatId, "BAACAgIAAxkBAAI")
      assert.strictEqual(yield* bot.refusal(unknown), "400 Bad Request: wrong file identifier/HTTP URL specified")
      const none = (api: Api) => api.sendVideo(chatId, "")
      assert.strictEqual(yield* bot.refusal(none), "400 Bad Request: there is no video in the request")
    }),
  )

  it.effect("an upload is not empty, not above 50 MB, and its caption has its own limit", () =>
    Effect.gen(function* () {
      yield* start
      const bot = yield* Bot.Bot
      const send = (bytes: Buffer, caption = "") =>
        bot.refusal((api) => api.sendVideo(chatId, new InputFile(bytes), { caption }))
      assert.strictEqual(yield* send(Buffer.alloc(0)), "400 Bad Request: file must be non-empty")
      assert.strictEqual(yield* send(Buffer.alloc(50 * 1024 * 1024 + 1)), "413 Request Entity Too Large")
      assert.strictEqual(yield* send(video, "x".repeat(1025)), "400 Bad Request: message caption is too long")
    }),
  )
})
