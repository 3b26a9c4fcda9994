import { globSync } from "node:fs"
import { brandIds, brandsFolder, loadBrand } from "@concierge/brands/brands.ts"
import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import { FileIds } from "@concierge/core/services/FileIds.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import * as unreachableMedia from "../../../packages/local/bot/unreachableMedia.ts"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states, welcomeVideoKey } from "../../fixtures/concierge.ts"
import { drainVisible, inAnotherContainer, receive, tell } from "../../layers/drive.ts"
import { MediaTest } from "../../layers/media.ts"
import { outcomeOf, settings, userOf } from "../../layers/seen.ts"
import { badFile, badUrl, blocked, rejected, TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** How each of the videos was sent, and the message that took its place, if one did. */
const sources = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ file, method }) => file?._tag ?? method))

const start = (code = "en") => tell(says(somebody({ language_code: code }), "/start"))

const remembered = Effect.map(settings, (all) => all.filter(({ key }) => key.startsWith("file#")))

/** Nothing but the link is left: Telegram takes no URL, and the file cannot be read. */
const unsendable = Effect.gen(function* () {
  const telegram = yield* TelegramTest
  const media = yield* MediaTest
  media.broken.add("get")
  telegram.script.push(badUrl)
  return { ana: somebody(), media, telegram }
})

describe("the videos of a brand", () => {
  it.each(brandIds)("are all in its folder, one a step and language: %s", async (id) => {
    const files = globSync("media/**/*.mp4", { cwd: `${brandsFolder}${id}` })
    assert.sameMembers([...mediaKeysOf(await loadBrand(id))], files)
  })
})

describe("the welcome video", () => {
  it.effect("is sent by URL the first time and by its file id after that, each language for itself", () =>
    Effect.gen(function* () {
      yield* start("en")
      yield* start("en")
      yield* start("es")
      yield* start("es")
      assert.deepStrictEqual(yield* sources, ["Url", "FileId", "Url", "FileId"])
      assert.deepStrictEqual(
        (yield* remembered).map(({ key }) => key),
        ["en", "es"].map((locale) => `file#4242#media/welcome/v1/welcome_${locale}.mp4`),
      )
    }).pipe(inWorld),
  )

  it.effect("is known to other containers too", () =>
    Effect.gen(function* () {
      yield* start()
      yield* inAnotherContainer(start())
      assert.deepStrictEqual(yield* sources, ["Url", "FileId"])
    }).pipe(inWorld),
  )

  it.effect("whose file id is rejected is sent otherwise in the same step, and the new id replaces the old one", () =>
    Effect.gen(function* () {
      yield* start()
      const [old] = yield* remembered
      const telegram = yield* TelegramTest
      telegram.script.push(badFile)
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      assert.deepStrictEqual(yield* sources, ["Url", "FileId", "Url"])
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      const [replaced, ...more] = yield* remembered
      assert.isEmpty(more)
      assert.notStrictEqual(replaced?.item, old?.item)
      yield* start()
      yield* inAnotherContainer(start())
      assert.deepStrictEqual((yield* sources).slice(3), ["FileId", "FileId"])
    }).pipe(inWorld),
  )

  it.effect("whose file id is rejected too late for the whole file is sent whole by a copy, and not as a link", () =>
    Effect.gen(function* () {
      yield* start()
      const telegram = yield* TelegramTest
      telegram.script.push({ ...badFile, after: 40_000 })
      yield* start()
      assert.deepStrictEqual(yield* sources, ["Url", "FileId", "Url"])
    }).pipe(inWorld),
  )

  it.effect("keeps its file id when a chat takes no message at all", () =>
    Effect.gen(function* () {
      yield* start()
      const before = yield* remembered
      const telegram = yield* TelegramTest
      telegram.always = () => rejected
      const gone = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(gone))
      assert.strictEqual(yield* outcomeOf(gone), "ignored: undeliverable")
      assert.deepStrictEqual(yield* remembered, before)
    }).pipe(inWorld),
  )

  it.effect("is uploaded when Telegram cannot fetch the URL, and that id is remembered", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(badUrl)
      yield* start()
      yield* start()
      assert.deepStrictEqual(yield* sources, ["Url", "Upload", "FileId"])
      const [, upload] = telegram.sends()
      assert.deepInclude(upload?.file, { name: "welcome_en.mp4", contentType: "video/mp4" })
      assert.strictEqual(
        new TextDecoder().decode(upload?.file?._tag === "Upload" ? upload.file.bytes : undefined),
        "video en",
      )
    }).pipe(inWorld),
  )

  it.effect("is uploaded when there is no signed URL to be had", () =>
    Effect.gen(function* () {
      const media = yield* MediaTest
      media.broken.add("signedUrl")
      yield* start()
      assert.deepStrictEqual(yield* sources, ["Upload"])
    }).pipe(inWorld),
  )

  it.effect("becomes a message with a link when nothing else works, and onboarding goes on", () =>
    Effect.gen(function* () {
      const { ana, telegram } = yield* unsendable
      const update = yield* says(ana, "/start")
      yield* tell(Effect.succeed(update))
      assert.deepStrictEqual(yield* sources, ["Url", "sendMessage"])
      const link = telegram.sends().at(-1)
      assert.include(link?.message.html, '<a href="https://media.test/media/welcome/v1/welcome_en.mp4?expires=600&amp;')
      assert.lengthOf(link?.message.buttons ?? [], 2)
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
      assert.strictEqual(yield* outcomeOf(update), "applied")
    }).pipe(inWorld),
  )

  it.effect("is its words alone where nothing works and nobody could open a link, and onboarding goes on", () =>
    Effect.gen(function* () {
      const { ana, telegram } = yield* unsendable
      telegram.script.length = 0
      const update = yield* says(ana, "/start")
      yield* tell(Effect.succeed(update))
      assert.deepStrictEqual(yield* sources, ["sendMessage"])
      assert.notInclude(telegram.sends().at(-1)?.message.html, "href")
      assert.lengthOf(telegram.sends().at(-1)?.message.buttons ?? [], 2)
      assert.strictEqual(yield* outcomeOf(update), "applied")
    }).pipe(Effect.provide(unreachableMedia.layer), inWorld),
  )

  it.effect("can be had again by a button below the link, when that is long dead", () =>
    Effect.gen(function* () {
      const { ana, media, telegram } = yield* unsendable
      yield* tell(says(ana, "/start"))
      const again = telegram.sends().at(-1)?.message.buttons?.at(-1)
      yield* TestClock.adjust("1 day")
      media.broken.delete("get")
      yield* tell(taps(ana, again !== undefined && "data" in again ? again.data : ""))
      assert.deepStrictEqual(yield* sources, ["Url", "sendMessage", "Url"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
    }).pipe(inWorld),
  )

  it.effect("tries every source before the link", () =>
    Effect.gen(function* () {
      yield* start()
      const telegram = yield* TelegramTest
      telegram.script.push(badFile, badUrl, rejected)
      yield* start()
      assert.deepStrictEqual(yield* sources, ["Url", "FileId", "Url", "Upload", "sendMessage"])
      // None has replaced the rejected id, which is not tried again either.
      assert.isEmpty(yield* remembered)
    }).pipe(inWorld),
  )

  it.effect.each([
    ["an answer that is not seen", unavailable],
    ["a block", blocked],
  ] as const)("is sent once only: %s does not lead to the next source in the same attempt", ([, answer]) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(answer)
      yield* receive(yield* says(somebody(), "/start"))
      yield* drainVisible
      assert.deepStrictEqual(yield* sources, ["Url"])
    }).pipe(inWorld),
  )

  it.effect("is not sent twice because its file id could not be remembered", () =>
    Effect.gen(function* () {
      const { sqlite } = yield* Tables
      sqlite.exec(
        "CREATE TRIGGER full BEFORE INSERT ON settings WHEN NEW.key LIKE 'file#%' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      )
      const update = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(update))
      assert.deepStrictEqual(yield* sources, ["Url"])
      assert.strictEqual(yield* outcomeOf(update), "applied")
    }).pipe(inWorld),
  )

  it.effect("belongs to one bot and one version: its key names both", () =>
    Effect.gen(function* () {
      yield* start()
      assert.strictEqual((yield* remembered)[0]?.key, `file#4242#${welcomeVideoKey("en")}`)
      assert.isDefined(yield* FileIds.use((files) => files.get(welcomeVideoKey("en"))))
    }).pipe(inWorld),
  )
})
