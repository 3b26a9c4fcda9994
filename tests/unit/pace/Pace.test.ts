import { makePace } from "@concierge/core/pace/makePace.ts"
import type { Lane, Pace } from "@concierge/core/services/Pace.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { makeBucket } from "../../../packages/local/telegram/bucket.ts"
import { untilDone } from "../../layers/untilDone.ts"

const stores = SqliteSettings.layer.pipe(Layer.provideMerge(Tables.layer(":memory:")))

/** A Telegram that takes so many a second and refuses the rest for five seconds. */
const telegram = (perSecond: number) => {
  const bucket = makeBucket({ perSecond, burst: perSecond })
  const taken: Array<{ readonly at: number; readonly chatId: number; readonly lane: Lane }> = []
  let refused = 0
  const send = Effect.fnUntraced(function* (
    pace: Pace["Service"],
    chatId: number,
    lane: Lane,
    arrivedAt: number,
    skew = 0,
  ) {
    for (;;) {
      const turn = yield* pace.take({ chatId, lane, arrivedAt: toIso(arrivedAt), patience: Duration.hours(1) })
      if (turn._tag === "NotNow") return assert.fail("nobody is sent away within an hour")
      const used = yield* pace.use(turn)
      const at = (yield* Clock.currentTimeMillis) - skew
      yield* Effect.sleep(150)
      if (bucket.fits(at)) {
        bucket.take(at)
        taken.push({ at, chatId, lane })
        return undefined
      }
      refused += 1
      yield* pace.refused(used, { chatId, method: "sendMessage" }, Duration.seconds(5))
    }
  })
  return { send, taken, refusals: () => refused }
}

/** Each with a memory, and as far as it is told a clock, of its own. */
const containers = (many: number) => Effect.all(Array.from({ length: many }, () => makePace("pace#test")))

describe("turns", () => {
  it.effect("are for everybody at once while nothing is refused: a new worker looks once, and that is all", () =>
    Effect.gen(function* () {
      const { calls } = yield* Tables.Tables
      const before = { ...calls }
      const { send, taken } = telegram(1_000)
      const [pace] = yield* containers(1)
      if (pace === undefined) return
      const people = Array.from({ length: 500 }, (_, index) => index + 1)
      yield* untilDone(Effect.forEach(people, (id) => send(pace, id, "arrival", id), { concurrency: "unbounded" }))
      assert.lengthOf(taken, 500)
      assert.deepStrictEqual(calls, { ...before, reads: before.reads + 1 })
      assert.isFalse(yield* pace.isOn)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("go to taps before newcomers, however many of those wait, and to newcomers by arrival", () =>
    Effect.gen(function* () {
      const { send, taken } = telegram(20)
      const [pace] = yield* containers(1)
      if (pace === undefined) return
      const waits: Array<number> = []
      const tap = Effect.fnUntraced(function* (id: number) {
        yield* Effect.sleep(20_000 + id * 200)
        const from = yield* Clock.currentTimeMillis
        yield* send(pace, 10_000 + id, "tap", from)
        waits.push((yield* Clock.currentTimeMillis) - from)
      })
      const work = Effect.gen(function* () {
        const newcomers = yield* Effect.forkChild(
          Effect.forEach(
            Array.from({ length: 800 }, (_, index) => 800 - index),
            (id) => send(pace, id, "arrival", id),
            {
              concurrency: "unbounded",
            },
          ),
        )
        yield* Effect.forEach(
          Array.from({ length: 60 }, (_, id) => id),
          tap,
          { concurrency: "unbounded" },
        )
        yield* Fiber.join(newcomers)
      })
      yield* untilDone(work)
      assert.isAtMost(waits.toSorted((one, other) => one - other)[56] ?? 0, 1_500)
      const firsts = taken.filter(({ lane }) => lane === "arrival").slice(200)
      const wrong = firsts.filter(({ chatId }, index) => index > 0 && chatId < (firsts[index - 1]?.chatId ?? 0))
      assert.isAtMost(wrong.length, 5)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("come to what nobody has asked for when there is room, and to all of that in the end", () =>
    Effect.gen(function* () {
      const { send, taken } = telegram(10)
      const [pace] = yield* containers(1)
      if (pace === undefined) return
      const all = (lane: Lane, many: number, from: number) =>
        Effect.forEach(
          Array.from({ length: many }, (_, index) => from + index),
          (id) => send(pace, id, lane, id),
          { concurrency: "unbounded" },
        )
      // Newcomers are refused first: while nothing is known nobody waits, reminders neither.
      const reminders = Effect.delay(all("reach", 30, 1), "2 seconds")
      yield* untilDone(Effect.all([all("arrival", 150, 1_000), reminders], { concurrency: "unbounded" }))
      const lanes = taken.map(({ lane }) => lane)
      assert.lengthOf(
        lanes.filter((lane) => lane === "reach"),
        30,
      )
      assert.isAtMost(lanes.slice(0, 150).filter((lane) => lane === "reach").length, 5)
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("of a worker that dies are lost, and nobody else's", () =>
    Effect.gen(function* () {
      const { send, taken } = telegram(10)
      const [dying, living] = yield* containers(2)
      if (dying === undefined || living === undefined) return
      const people = (from: number) => Array.from({ length: 150 }, (_, index) => from + index)
      const work = Effect.gen(function* () {
        const all = (pace: Pace["Service"], from: number) =>
          Effect.forEach(people(from), (id) => send(pace, id, "arrival", id), { concurrency: "unbounded" })
        const dead = yield* Effect.forkChild(all(dying, 1_000))
        const alive = yield* Effect.forkChild(all(living, 1))
        yield* Effect.sleep(12_000)
        yield* Fiber.interrupt(dead)
        yield* Fiber.join(alive)
      })
      yield* untilDone(work)
      assert.lengthOf(
        taken.filter(({ chatId }) => chatId < 1_000),
        150,
      )
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("are waited for by all of a new worker's first batch, and not by the one that looks alone", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const slow = { ...settings, get: (key: string) => Effect.delay(settings.get(key), 6) }
      const [old, fresh] = yield* Effect.provideService(containers(2), Settings, slow)
      if (old === undefined || fresh === undefined) return
      const ask = { chatId: 1, lane: "arrival", arrivedAt: toIso(0), patience: Duration.seconds(2) } as const
      const turn = yield* untilDone(old.take(ask))
      if (turn._tag === "NotNow") return assert.fail("nothing was refused yet")
      for (const chatId of [1, 2]) {
        yield* untilDone(old.refused(turn, { chatId, method: "sendMessage" }, Duration.seconds(30)))
      }
      const batch = Array.from({ length: 10 }, (_, chatId) => fresh.take({ ...ask, chatId: 10 + chatId }))
      const given = yield* untilDone(Effect.all(batch, { concurrency: "unbounded" }))
      assert.isEmpty(given.filter(({ _tag }) => _tag === "Turn"))
    }).pipe(Effect.provide(stores, { local: true })),
  )

  it.effect("of one chat that is limited are waited for by that chat alone", () =>
    Effect.gen(function* () {
      const [pace] = yield* containers(1)
      if (pace === undefined) return
      const ask = { chatId: 1, lane: "tap", arrivedAt: toIso(0), patience: Duration.seconds(2) } as const
      const turn = yield* pace.take(ask)
      if (turn._tag === "NotNow") return assert.fail("nothing was refused yet")
      yield* pace.refused(turn, { chatId: 1, method: "sendMessage" }, Duration.seconds(30))
      assert.strictEqual((yield* pace.take(ask))._tag, "NotNow")
      assert.strictEqual((yield* pace.take({ ...ask, chatId: 2 }))._tag, "Turn")
      assert.isFalse(yield* pace.isOn)
    }).pipe(Effect.provide(stores, { local: true })),
  )
})
