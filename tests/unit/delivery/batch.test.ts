import { deadline } from "@concierge/core/delivery/times.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { iso, millisOf } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states } from "../../fixtures/concierge.ts"
import { drain, nextBatch, receive, tell, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { copies, eventOf, outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { SpeechTest } from "../../layers/speech.ts"
import { hangs, ok, slow, TelegramTest } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const elapsed = Effect.map(Clock.currentTimeMillis, (now) => now - beginning)

const times = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ at }) => at - beginning))

describe("a batch", () => {
  it.effect("with one bad record of ten gives back that one, and the other nine are not worked again", () =>
    Effect.gen(function* () {
      const updates = yield* Effect.all(Array.from({ length: 10 }, () => says(somebody(), "/start")))
      for (const update of updates) yield* receive(update)
      const batch = (yield* nextBatch).map((record, index) =>
        index === 4 ? { ...record, update: { ...record.update, body: "not an update" } } : record,
      )
      const failed = yield* workBatch(batch)
      assert.deepStrictEqual(failed, [batch[4]?.id])
      assert.lengthOf(yield* times, 9)
      assert.strictEqual((yield* Counted).of("FailedRecords"), 1)
      assert.strictEqual((yield* Counted).of("WorkerRecords"), 10)
      for (const [index, update] of updates.entries()) {
        const event = yield* eventOf(update)
        assert.strictEqual(event?.deliveries, index === 4 ? undefined : 1)
      }
    }).pipe(inWorld),
  )

  it.effect.each(["", "null", "[]", '{"message":{}}', '{"update_id":"1"}', '{"update_id":1.5}'])(
    "does not take for an update what is none: it becomes a dead letter: %s",
    (body) =>
      Effect.gen(function* () {
        const queue = yield* UpdateQueue
        const attributes = {
          updateId: 1,
          kind: "message",
          receivedAt: iso("2026-03-04T05:06:07.000Z"),
          correlationId: "c",
        }
        yield* queue.send({ body, group: "1", attributes: { ...attributes, attempt: 0 } })
        yield* drain
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
        assert.strictEqual((yield* Counted).of("FailedRecords"), 3)
      }).pipe(inWorld),
  )

  it.effect("survives what is stored being nonsense: that person's record fails, and nobody else's", () =>
    Effect.gen(function* () {
      const [ana, eva] = [somebody(), somebody()]
      yield* tell(says(ana, "/start"))
      const { sqlite } = yield* Tables
      sqlite.prepare("UPDATE users SET item = json_set(item, '$.state_progress', 'LOST')").run()
      yield* receive(yield* says(ana, "hello"))
      const other = yield* says(eva, "/start")
      yield* receive(other)
      yield* drain
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      assert.strictEqual(yield* outcomeOf(other), "applied")
    }).pipe(inWorld),
  )

  it.effect("works different people side by side", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => slow(9_000)
      for (let person = 0; person < 10; person++) yield* receive(yield* says(somebody(), "/start"))
      yield* workBatch(yield* nextBatch)
      assert.deepStrictEqual(yield* times, new Array(10).fill(0))
      assert.strictEqual(yield* elapsed, 9_000)
    }).pipe(inWorld),
  )

  it.effect("works one person's records in order of arrival, however the queue hands them out", () =>
    Effect.gen(function* () {
      const ana = somebody()
      for (const update of [says(ana, "/start"), taps(ana, "play_audio"), taps(ana, "finish")]) {
        yield* receive(yield* update)
        yield* TestClock.adjust("1 second")
      }
      yield* workBatch((yield* nextBatch).toReversed())
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      const telegram = yield* TelegramTest
      const methods = () => telegram.sends().map(({ method }) => method)
      // Were the taps worked first, they would bring the video, and the /start a message with its button.
      assert.deepStrictEqual(methods(), ["sendVideo"])

      yield* TestClock.adjust("1 minute")
      for (const update of [taps(ana, "play_audio"), says(ana, "/restart"), taps(ana, "watch_video")]) {
        yield* receive(yield* update)
        yield* TestClock.adjust("1 second")
      }
      yield* workBatch((yield* nextBatch).toReversed())
      assert.deepInclude(yield* userOf(ana), { state: states.video, run: 2, version: 4 })
      assert.deepStrictEqual(methods().slice(1), ["sendVoice", "sendMessage", "sendVideo"])
    }).pipe(inWorld),
  )
})

describe("the end of an invocation", () => {
  it.effect("no begin later than 65 seconds into it: the record goes back as a copy", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.always = () => hangs
      const texts = yield* Effect.all(Array.from({ length: 8 }, () => says(ana, "/help")))
      for (const text of texts) yield* receive(text)
      const failed = yield* workBatch(yield* nextBatch)
      assert.isEmpty(failed)
      assert.deepStrictEqual(
        yield* times,
        Array.from({ length: 7 }, (_, index) => index * 10_000),
      )
      assert.strictEqual((yield* userOf(ana)).unresolved, 7)
      const claimed = yield* Effect.forEach(texts, eventOf)
      assert.lengthOf(
        claimed.filter((event) => event !== undefined),
        7,
      )
      assert.deepStrictEqual(yield* queued, { waiting: 8, dead: 0 })
      telegram.always = () => ok
      yield* drain
      assert.strictEqual((yield* Counted).of("UpdatesApplied"), 8)
    }).pipe(inWorld),
  )

  it.effect("no whole file is sent later than 38 seconds into it, though the begin was in time", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const telegram = yield* TelegramTest
      telegram.calls.length = 0
      const speech = yield* SpeechTest
      speech.takes = 9_000
      const started = yield* elapsed
      telegram.script.push(hangs, hangs, hangs)
      for (const text of ["/help", "/help", "/help"]) yield* receive(yield* says(ana, text))
      const tap = yield* taps(ana, "play_audio")
      yield* receive(tap)
      // Taps have a queue of their own: the tap would come first.
      const batch = (yield* nextBatch).toSorted(
        (one, other) => one.update.attributes.updateId - other.update.attributes.updateId,
      )
      const failed = yield* workBatch(batch)
      assert.isEmpty(failed)
      assert.deepStrictEqual(
        (yield* times).map((at) => at - started),
        [0, 10_000, 20_000],
      )
      // It was not sent, so that nothing is ambiguous about it, and its copy need not wait.
      const [copy] = (yield* copies).filter(({ attributes }) => attributes.updateId === tap.update_id)
      assert.isAtMost(copy?.delay ?? 1, 0)
      assert.strictEqual((yield* userOf(ana)).unresolved, 3)
      yield* drain
      assert.strictEqual(yield* outcomeOf(tap), "applied")
    }).pipe(inWorld),
  )

  it.effect("a record that has not ended by the deadline is handed back before it", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const speech = yield* SpeechTest
      speech.takes = 1_000_000
      const tap = yield* taps(ana, "play_audio")
      yield* receive(tap)
      const started = yield* elapsed
      const failed = yield* workBatch(yield* nextBatch)
      assert.lengthOf(failed, 1)
      assert.isBelow((yield* elapsed) - started, millisOf(deadline))
      speech.takes = 0
      yield* drain
      assert.strictEqual(yield* outcomeOf(tap), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})
