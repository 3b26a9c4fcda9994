import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states, stepOf } from "../../fixtures/concierge.ts"
import { drain, drainVisible, receive, tell } from "../../layers/drive.ts"
import { counters, eventOf, outcomeOf, queued, sessionsOf, settings, userOf } from "../../layers/seen.ts"
import { badUrl, hangs, ok, slow, TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** How each message that Telegram took went. */
const ways = Effect.map(TelegramTest, (telegram) => telegram.accepted().map(({ file, method }) => file?._tag ?? method))

const files = (answer: typeof ok) => (method: string) =>
  method === "sendVideo" || method === "sendVoice" ? answer : ok

describe("a file that Telegram takes its time for", () => {
  it.effect("comes once, is committed, and is known by its id from then on", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = files(slow(11_000))
      const [ana, bob] = [somebody(), somebody()]
      yield* tell(says(ana, "/start"), says(bob, "/start"))
      assert.deepStrictEqual(yield* ways, ["Url", "FileId"])
      for (const one of [ana, bob]) assert.deepInclude(yield* userOf(one), { state: states.video, ambiguous: 0 })
      const tap = yield* taps(ana, stepOf("voice").data)
      yield* tell(Effect.succeed(tap))
      assert.notProperty(yield* eventOf(tap), "degraded")
    }).pipe(inWorld),
  )

  it.effect("of half a minute, after a URL that was refused late, is a link and not the same again", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "sendVideo" ? { ...badUrl, after: 45_000 } : ok)
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      assert.deepStrictEqual(yield* ways, ["sendMessage"])
      assert.strictEqual((yield* userOf(ana)).state, states.video)
    }).pipe(inWorld),
  )
})

describe("a message whose answer never comes", () => {
  it.effect("a video: another way, then the link, and no more", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = files(hangs)
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* ways, ["Url", "Upload", "sendMessage"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, ambiguous: 2 })
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", degraded: true, ambiguous: 2 })
      assert.isUndefined((yield* userOf(ana)).unseen)
    }).pipe(inWorld),
  )

  it.effect("a greeting: twice, then its text", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      telegram.always = files(hangs)
      yield* tell(taps(ana, stepOf("voice").data))
      assert.deepStrictEqual((yield* ways).slice(1), ["Upload", "Upload", "sendMessage"])
      assert.strictEqual((yield* userOf(ana)).state, states.greeting)
    }).pipe(inWorld),
  )

  it.effect("a text: twice, and then it is left at that; whoever asks again gets it again", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, stepOf("voice").data))
      telegram.always = (method) => (method === "sendMessage" ? hangs : ok)
      const tap = yield* taps(ana, stepOf("finish").data)
      yield* tell(Effect.succeed(tap))
      assert.deepStrictEqual((yield* ways).slice(2), ["sendMessage", "sendMessage"])
      assert.strictEqual(yield* outcomeOf(tap), "ignored: unseen")
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 2, unresolved: 0 })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      telegram.always = () => ok
      yield* tell(taps(ana, stepOf("finish").data))
      assert.strictEqual((yield* userOf(ana)).state, states.done)
    }).pipe(inWorld),
  )

  it.effect("many things said meanwhile: the copies of the step are counted over all of them", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = files(hangs)
      const ana = somebody()
      for (const text of ["/start", "/start", "hello", "/start x", "hm"]) yield* receive(yield* says(ana, text))
      yield* drain
      const videos = (yield* ways).filter((way) => way !== "sendMessage")
      assert.deepStrictEqual(videos, ["Url", "Upload"])
    }).pipe(inWorld),
  )

  it.effect("while Telegram says nothing at all: it is asked harmlessly first, and nothing more is sent in doubt", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => hangs
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drainVisible
      assert.isEmpty(telegram.actions())
      yield* TestClock.adjust("10 seconds")
      yield* drainVisible
      assert.lengthOf(telegram.actions(), 1)
      assert.lengthOf(telegram.sends(), 1)
      telegram.always = () => ok
      yield* drain
      assert.deepStrictEqual(yield* ways, ["Url", "Upload"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, ambiguous: 1 })
    }).pipe(inWorld),
  )
})

describe("a tap on a button of a message in doubt", () => {
  const inDoubt = Effect.gen(function* () {
    const telegram = yield* TelegramTest
    telegram.script.push(hangs)
    const ana = somebody()
    const start = yield* says(ana, "/start ref_summer24")
    yield* receive(start)
    yield* drainVisible
    assert.strictEqual((yield* userOf(ana)).state, states.new)
    return { ana, start, telegram }
  })

  it.effect("proves nothing where it is not known any more what was sent: the tap goes on by itself", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* inDoubt
      const { sqlite } = yield* Tables
      sqlite.prepare("DELETE FROM events").run()
      sqlite.prepare("DELETE FROM queue").run()
      const tap = yield* taps(ana, stepOf("voice").data)
      yield* receive(tap)
      yield* drainVisible
      assert.strictEqual(yield* outcomeOf(tap), "applied")
      assert.isUndefined(yield* outcomeOf(start))
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("proves that it arrived: the state that belongs to it is committed, and the tap goes on", () =>
    Effect.gen(function* () {
      const { ana, start } = yield* inDoubt
      const tap = yield* taps(ana, stepOf("voice").data)
      yield* receive(tap)
      yield* drain
      assert.deepStrictEqual(yield* ways, ["Url", "Upload"])
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.greeting, ambiguous: 0, unresolved: 0, ref_code: "ref_summer24" })
      assert.isDefined(user.first_start_ts)
      assert.isUndefined(user.unseen)
      assert.deepInclude(yield* eventOf(start), { outcome: "applied" })
      assert.notProperty(yield* eventOf(start), "degraded")
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied" })
      const counted = yield* counters("funnel#")
      assert.deepStrictEqual([counted[states.video], counted[states.greeting]], [1, 1])
      assert.lengthOf(yield* sessionsOf(ana), 1)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("also after it was given up", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      telegram.always = (method) => (method === "sendChatAction" ? ok : hangs)
      const start = yield* says(ana, "/start ref_summer24")
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "ignored: unseen")
      telegram.always = () => ok
      const before = telegram.sends().length
      const tap = yield* taps(ana, stepOf("voice").data)
      yield* tell(Effect.succeed(tap))
      assert.deepStrictEqual(
        telegram
          .sends()
          .slice(before)
          .map(({ method }) => method),
        ["sendVoice"],
      )
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, unresolved: 0, ref_code: "ref_summer24" })
      const counted = yield* counters("funnel#")
      assert.deepStrictEqual([counted[states.video], counted[states.greeting]], [1, 1])
      yield* receive(start)
      yield* receive(tap)
      yield* drain
      assert.lengthOf(telegram.sends(), before + 1)
      // They came once, though two updates' ends tell of it.
      const came = (yield* settings).flatMap(({ item, key }) =>
        key.startsWith("funnel#")
          ? Object.entries(JSON.parse(item)).filter(([cell]) => cell.endsWith("/unlinked"))
          : [],
      )
      assert.deepStrictEqual(
        came.map(([, count]) => count),
        [1],
      )
    }).pipe(inWorld),
  )

  it.effect("proves nothing where nobody knows what was sent: what is due comes", () =>
    Effect.gen(function* () {
      const { ana } = yield* inDoubt
      const { sqlite } = yield* Tables
      sqlite.exec("DELETE FROM events")
      yield* tell(taps(ana, stepOf("voice").data))
      assert.deepStrictEqual((yield* ways).slice(0, 2), ["Url", "Upload"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, unresolved: 0 })
    }).pipe(inWorld),
  )

  it.effect("on an older message proves nothing: what is due comes", () =>
    Effect.gen(function* () {
      const { ana, telegram } = yield* inDoubt
      const { callback_query, update_id } = yield* taps(ana, stepOf("voice").data)
      const message = { ...callback_query.message, date: callback_query.message.date - 180 }
      yield* receive({ update_id, callback_query: { ...callback_query, message } })
      yield* drainVisible
      assert.deepStrictEqual(yield* ways, ["Url", "Upload"])
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      assert.isNotEmpty(telegram.actions())
    }).pipe(inWorld),
  )

  it.effect("after a 5xx just the same", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(unavailable)
      const ana = somebody()
      yield* receive(yield* says(ana, "/start"))
      yield* drainVisible
      yield* TestClock.adjust("1 second")
      yield* tell(taps(ana, stepOf("voice").data))
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 0 })
    }).pipe(inWorld),
  )
})
