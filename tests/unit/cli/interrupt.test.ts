import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { concierge } from "../../e2e/operator/concierge.ts"

const main = fileURLToPath(new URL("../../../packages/cli/main.ts", import.meta.url))

/** A data directory with so many dead letters, each of another person. */
const dataWith = (letters: number) =>
  Effect.gen(function* () {
    const directory = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-interrupt-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true })),
    )
    const data = join(directory, "data")
    const file = join(data, "concierge.sqlite")
    mkdirSync(data)
    yield* Effect.scoped(Layer.build(Tables.layer(file)))
    const sqlite = new DatabaseSync(file)
    const insert = sqlite.prepare(
      `INSERT INTO queue (updateId, grp, body, attributes, visibleAt, receives, dead) VALUES (?1, ?2, ?3, ?4, 0, 3, 1)`,
    )
    sqlite.exec("BEGIN")
    for (let id = 1; id <= letters; id++) {
      const person = { id, first_name: "Ana" }
      const message = {
        message_id: 1,
        date: 1_767_225_600,
        chat: { id, type: "private" },
        from: person,
        text: "/start",
      }
      const attributes = {
        updateId: id,
        kind: "message",
        receivedAt: new Date().toISOString(),
        correlationId: "c",
        attempt: 0,
      }
      insert.run(id, String(id), JSON.stringify({ update_id: id, message }), JSON.stringify(attributes))
    }
    sqlite.exec("COMMIT")
    yield* Effect.addFinalizer(() => Effect.sync(() => sqlite.close()))
    const count = (dead: 0 | 1) => Number(sqlite.prepare("SELECT count(*) AS n FROM queue WHERE dead = ?").get(dead)?.n)
    return { data, directory, alive: () => count(0), dead: () => count(1) }
  })

describe("whoever interrupts", () => {
  it.live("a redrive finds each update either dead or on the queue, and is told how many went", () =>
    Effect.gen(function* () {
      const all = 4_000
      const { alive, data, dead } = yield* dataWith(all)
      const env = { ...process.env, CONCIERGE_DATA: data, NO_COLOR: "1" }
      const child = spawn(process.execPath, [main, "dlq", "redrive"], { env, stdio: ["ignore", "pipe", "pipe"] })
      const [said, shown] = [text(child.stderr), text(child.stdout)]
      yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => alive() > 0 || child.exitCode !== null })
      child.kill("SIGINT")
      const [code] = yield* Effect.promise(() => once(child, "close"))
      const stderr = yield* Effect.promise(() => said)
      assert.strictEqual(code, 130, stderr)
      const [, told] =
        /^(\d+) were redriven, the others are as they were\ninterrupted: what was done stays/m.exec(stderr) ?? []
      assert.deepStrictEqual([alive(), alive() + dead()], [Number(told), all])
      assert.isBelow(alive(), all)
      assert.strictEqual(yield* Effect.promise(() => shown), "")
    }).pipe(Effect.scoped),
  )

  it.live("a restore finds the data as it was, or as the backup has it", () =>
    Effect.gen(function* () {
      const { data, directory } = yield* dataWith(10)
      yield* withEnvironment({ CONCIERGE_DATA: data })
      const file = join(directory, "backup.tgz")
      assert.strictEqual((yield* concierge("backup", file)).status, 0)
      for (const millis of [0, 5, 20, 60]) {
        const restoring = yield* Effect.forkChild(concierge("restore", file, "--yes"))
        yield* Effect.sleep(millis)
        yield* Fiber.interrupt(restoring)
        const sqlite = new DatabaseSync(join(data, "concierge.sqlite"))
        assert.strictEqual(Number(sqlite.prepare("SELECT count(*) AS n FROM queue").get()?.n), 10)
        sqlite.close()
      }
      yield* Effect.sleep("50 millis")
      assert.isEmpty(readdirSync(directory).filter((name) => /restored|half/.test(name)))
    }).pipe(Effect.scoped),
  )
})
