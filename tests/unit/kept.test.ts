import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { WorkerConfig } from "@concierge/core/config.ts"
import { maxReceives } from "@concierge/core/delivery/deployed.ts"
import { visibility } from "@concierge/core/delivery/times.ts"
import { eventIdOf } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { expiresAt, toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import * as SqliteEvents from "../../packages/local/store/Events.ts"
import { expire } from "../../packages/local/store/expire.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { untilDone } from "../layers/untilDone.ts"

const kept = Duration.days(19)
const config = Layer.succeed(WorkerConfig, { botToken: Redacted.make("4242:x"), telegramApi: "", retention: kept })

const storesOn = (path: string, reserve?: number) =>
  Layer.mergeAll(SqliteEvents.layer, SqliteQueue.layer).pipe(
    Layer.provideMerge(Layer.merge(Tables.layer(path, reserve), config)),
  )

const inFile = <A, E, R>(test: (path: string) => Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-kept-"))),
    (directory) => test(join(directory, "concierge.sqlite")),
    (directory) => Effect.sync(() => rmSync(directory, { recursive: true })),
  )

const update = (updateId: number, attempt = 0) =>
  Effect.map(Clock.currentTimeMillis, (now) => ({
    body: "{}",
    group: "1",
    attributes: { updateId, kind: "message", receivedAt: toIso(now), correlationId: "c", attempt },
  }))

/** An update that comes, is worked and is done, with an event as large as a usual one. */
const lived = Effect.fnUntraced(function* (updateId: number) {
  const [queue, local, events] = [yield* UpdateQueue, yield* LocalQueue, yield* Events]
  yield* queue.send(yield* update(updateId))
  const [received] = yield* local.receive(1)
  const at = toIso(yield* Clock.currentTimeMillis)
  const eventId = eventIdOf("4242", updateId)
  const payload = { text: "x".repeat(400) }
  yield* events.claim({ eventId, eventType: "text", payload, timestamp: at, expiresAt: expiresAt(at, kept) })
  yield* events.finish({ eventId, outcome: "applied", at })
  yield* local.acknowledge([received?.id ?? ""])
})

const sizes = Tables.Tables.use(({ sqlite }) =>
  Effect.sync(() => ({
    rows: (table: string) => Number(sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n),
    pages: Number(sqlite.prepare("PRAGMA page_count").get()?.page_count),
    free: Number(sqlite.prepare("PRAGMA freelist_count").get()?.freelist_count),
  })),
)

describe("tables that are kept for years", () => {
  it.effect("end a year as large as a month: what has expired is gone, and its space is given back", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const pages: Array<number> = []
        for (let day = 0; day < 60; day++) {
          yield* Effect.forEach(
            Array.from({ length: 20 }, (_, index) => day * 20 + index),
            lived,
            { concurrency: 20 },
          )
          yield* TestClock.adjust("1 days")
          yield* untilDone(expire)
          pages.push((yield* sizes).pages)
        }
        const { free, rows } = yield* sizes
        assert.isAtMost(rows("events"), 20 * 20)
        assert.strictEqual(rows("accepted"), rows("events"))
        assert.strictEqual(rows("queue"), 0)
        assert.isAtMost(Math.max(...pages.slice(25)), (pages[22] ?? 0) * 1.3)
        assert.isAtMost(free, 200)
        assert.isAtMost(statSync(`${path}-wal`).size, 16 * 1024 * 1024)

        yield* TestClock.adjust("30 days")
        yield* untilDone(expire)
        const after = yield* sizes
        assert.deepStrictEqual([after.rows("events"), after.rows("accepted")], [0, 0])
        assert.isBelow(after.pages, 230)
      }).pipe(Effect.provide(storesOn(path))),
    ),
  )

  it.effect("keep a dead letter for two weeks", () =>
    Effect.gen(function* () {
      const [queue, local] = [yield* UpdateQueue, yield* LocalQueue]
      yield* queue.send(yield* update(1))
      for (let receives = 0; receives <= maxReceives; receives++) {
        yield* local.receive(1)
        yield* TestClock.adjust(visibility)
      }
      yield* TestClock.adjust("13 days")
      yield* untilDone(expire)
      assert.strictEqual((yield* sizes).rows("queue"), 1)
      yield* TestClock.adjust("2 days")
      yield* untilDone(expire)
      assert.strictEqual((yield* sizes).rows("queue"), 0)
    }).pipe(Effect.provide(storesOn(":memory:"))),
  )

  it.effect("take nothing new when the disk is nearly full, and end what is in hand", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const queue = yield* UpdateQueue
        const error = yield* Effect.flip(queue.send(yield* update(1)))
        assert.include(String(error.reason.cause), "the disk is nearly full")
        yield* queue.send(yield* update(1, 1))
        assert.strictEqual((yield* sizes).rows("queue"), 1)
      }).pipe(Effect.provide(storesOn(path, Number.MAX_SAFE_INTEGER))),
    ),
  )

  it.effect("take on a file of an earlier version as it is", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const old = new DatabaseSync(path)
        old.exec("CREATE TABLE accepted (updateId INTEGER PRIMARY KEY); INSERT INTO accepted VALUES (7)")
        old.close()
        yield* Effect.gen(function* () {
          yield* untilDone(lived(8))
          const { rows } = yield* sizes
          assert.strictEqual(rows("accepted"), 2)
          const { sqlite } = yield* Tables.Tables
          assert.deepInclude(sqlite.prepare("PRAGMA auto_vacuum").get(), { auto_vacuum: 2 })
        }).pipe(Effect.provide(storesOn(path)))
      }),
    ),
  )
})
