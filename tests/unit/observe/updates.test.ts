import { maxReceives } from "@concierge/core/delivery/deployed.ts"
import type { Facts } from "@concierge/core/observe/Facts.ts"
import { fields } from "@concierge/core/observe/fields.ts"
import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import { heardBy, keepSteps } from "@concierge/core/observe/steps.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { foundIn } from "../../fixtures/disguises.ts"
import { drain, drainVisible, nextBatch, receive, tell, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { native } from "../../layers/nativeTracer.ts"
import { blocked, rateLimited, rejected, TelegramTest } from "../../layers/telegram.ts"
import { inWorld, storesLayer, worldOn } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

type Told = Line & Facts

/** What the log says of updates from `Info` on while the effect runs, and the whole text of it from `Debug` on. */
const logged = Effect.fnUntraced(function* <E, R>(effect: Effect.Effect<unknown, E, R>) {
  const told: Array<Told> = []
  const texts: Array<string> = []
  const logger = Logger.map(lines, (line: Line) => {
    texts.push(jsonOf(line))
    if (line.level !== "DEBUG" && line.message === "update") told.push(JSON.parse(jsonOf(line)))
  })
  const log = Layer.mergeAll(
    Logger.layer([logger]),
    Layer.succeed(References.MinimumLogLevel, "Debug"),
    Layer.succeed(Tracer.Tracer, heardBy(native, keepSteps)),
  )
  yield* Effect.provide(effect, log, { local: true })
  return { told, text: texts.join("\n"), of: (level: string) => told.filter((line) => line.level === level) }
})

/** The table's answers take their time. */
const slowSettings = Layer.effect(
  Settings,
  Effect.map(Settings, (settings) => ({
    ...settings,
    get: (key) => Effect.andThen(Effect.sleep("300 millis"), settings.get(key)),
  })),
).pipe(Layer.provide(SqliteSettings.layer))

const person = () => somebody({ first_name: "Zephyquin", last_name: "Oldebrand", username: "quillfeather" })

describe("the log", () => {
  it.effect("has one line at Info for each update, with fields of the list and nothing of the person's", () =>
    Effect.gen(function* () {
      const ana = person()
      const updates = [says(ana, "/start ref_Vexonquar"), taps(ana, "play_audio"), says(ana, "Whilbroque")]
      const { of, text, told } = yield* logged(tell(...updates))
      assert.deepStrictEqual(
        told.map(({ action, level, message, outcome, step }) => [level, message, action, step, outcome]),
        [
          ["INFO", "update", "start", "video", "applied"],
          ["INFO", "update", "play_audio", "greeting", "applied"],
          ["INFO", "update", "text", undefined, "applied"],
        ],
      )
      for (const line of told) {
        assert.isEmpty(Object.keys(line).filter((field) => !(field in fields)))
        assert.strictEqual(line.userId, `telegram_${ana.id}`)
        assert.match(line.correlationId ?? "", /^request-\d+$/)
        assert.deepInclude(line, { attempt: 0, receives: 1, language: "en", result: "Sent" })
        const names = line.steps?.map(([name]) => name) ?? []
        assert.includeMembers(names, ["Users.begin", "Events.claim", "Users.commit", "Events.finish"])
      }
      assert.lengthOf(of("INFO"), 3)
      const personal = {
        name: "Zephyquin",
        last: "Oldebrand",
        user: "quillfeather",
        payload: "Vexonquar",
        text: "Whilbroque",
      }
      assert.deepStrictEqual(foundIn(text, personal), [])
    }).pipe(inWorld),
  )

  it.effect("names the link and its campaign, which an operator has made, and no code that anybody may type", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const link = (utm: Record<string, string>) => ({
        name: "Poster",
        utm,
        createdAt: iso("2026-03-04T05:06:07.000Z"),
      })
      yield* settings.put({ key: "link#abcdEFGH0123-_xy", value: link({ campaign: "spring" }) })
      yield* settings.put({ key: "link#abcdEFGH0123-_xz", value: link({ source: "wall" }) })
      const packed = Buffer.from("utm_source=x&utm_campaign=Whilbroque").toString("base64url")
      const starts = ["l_abcdEFGH0123-_xy", "l_abcdEFGH0123-_xz", packed].map((code) =>
        says(person(), `/start ${code}`),
      )
      const { told } = yield* logged(tell(...starts))
      const [one, other, typed] = told
      assert.deepInclude(one, { link: "abcdEFGH0123-_xy", campaign: "spring" })
      assert.strictEqual(other?.link, "abcdEFGH0123-_xz")
      assert.notProperty(other, "campaign")
      for (const none of ["link", "campaign"]) assert.notProperty(typed, none)
    }).pipe(inWorld),
  )

  it.effect(
    "warns of a retry that worked, and says what Telegram's limit has cost, which the objective leaves out",
    () =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        telegram.script.push(rateLimited(3), rateLimited(600), rateLimited(600))
        yield* receive(yield* says(person(), "/start"))
        yield* TestClock.adjust("2 seconds")
        const { told } = yield* logged(drain)
        const [first, ...rest] = told
        assert.deepInclude(first, { level: "INFO", outcome: "put off", reason: "limited", attempt: 0 })
        const last = rest.at(-1)
        assert.deepInclude(last, { level: "WARN", message: "update", outcome: "applied", step: "video" })
        assert.lengthOf(
          told.filter(({ level, message }) => level === "INFO" && message === "update"),
          1,
        )
        assert.isAtLeast(last?.limitedMs ?? 0, 603_000)
        const [startMs = 0, ...more] = (yield* Counted).values("StartToVideo")
        assert.isEmpty(more)
        assert.strictEqual(startMs, last?.startMs)
        assert.isAtLeast(startMs, 2_000)
        assert.isAtMost(startMs, 5_000)
        const waits = (yield* Counted).values("LimitWaits").reduce((sum, wait) => sum + wait, 0)
        assert.isAtLeast(waits, 603_000)
      }).pipe(inWorld),
  )

  it.effect("does not take a new worker's first look at the pace for a wait that Telegram's limit imposed", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(person(), "/start"))
      const { told } = yield* logged(untilDone(drain))
      assert.isAtLeast(told[0]?.startMs ?? 0, 300)
      assert.notProperty(told[0], "limitedMs")
      assert.isEmpty((yield* Counted).values("LimitWaits"))
    }).pipe(Effect.provide(worldOn(Tables.layer(":memory:"), Layer.merge(storesLayer, slowSettings)), { local: true })),
  )

  it.effect("is an error only where a person was not served", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => rejected
      const unreachable = yield* logged(tell(says(person(), "/start")))
      assert.deepInclude(unreachable.of("ERROR")[0], { outcome: "ignored: undeliverable", result: "Rejected" })
      telegram.always = () => blocked
      const left = yield* logged(tell(says(person(), "/start")))
      assert.isEmpty(left.of("ERROR"))
      assert.deepInclude(left.of("INFO")[0], { outcome: "ignored: blocked", result: "Blocked" })
      const parked = yield* logged(tell(Effect.succeed({ update_id: 6_100_000_001, message: { text: "/start" } })))
      assert.deepInclude(parked.of("ERROR")[0], { message: "update", outcome: "parked", kind: "message" })
      // Never served counts as over every limit; who has blocked the bot does not count.
      assert.deepStrictEqual((yield* Counted).values("StartToVideo"), [86_400_000])
    }).pipe(inWorld),
  )

  it.effect("warns of a record that fails, and calls it an error when nobody will try again", () =>
    Effect.gen(function* () {
      yield* receive(yield* says(person(), "/start"))
      const [record] = yield* nextBatch
      if (record === undefined) return assert.fail("nothing was queued")
      const broken = { ...record, update: { ...record.update, body: "Whilbroque is no JSON" } }
      const levels = yield* Effect.forEach(Array.from({ length: maxReceives }), (_, index) =>
        Effect.map(logged(workBatch([{ ...broken, receives: index + 1 }])), ({ told: [line] }) => line),
      )
      assert.deepStrictEqual(
        levels.map((line) => [line?.level, line?.outcome, line?.reason, line?.receives]),
        [
          ["WARN", "failed", "NotAnUpdate", 1],
          ["WARN", "failed", "NotAnUpdate", 2],
          ["ERROR", "failed", "NotAnUpdate", 3],
        ],
      )
    }).pipe(inWorld),
  )

  it.effect("says nothing of a repeat but when debugging, and measures how long an update waited", () =>
    Effect.gen(function* () {
      const start = yield* says(person(), "/start")
      yield* receive(start)
      yield* TestClock.adjust("70 seconds")
      yield* drainVisible
      const { text, told } = yield* logged(tell(Effect.succeed(start)))
      assert.isEmpty(told)
      assert.include(text, "ignored: duplicate")
      assert.strictEqual(Math.max(...(yield* Counted).values("UpdateAge")), 70_000)
    }).pipe(inWorld),
  )
})
