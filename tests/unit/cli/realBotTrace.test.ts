import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { eventIdOf } from "@concierge/core/ids.ts"
import { traceUpdate } from "@concierge/core/operate/traceUpdate.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { iso } from "@concierge/core/Time.ts"
import * as LocalEvents from "@concierge/local/store/Events.ts"
import * as Tables from "@concierge/local/store/Tables.ts"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Bot, logs } from "../../../packages/cli/places/logs.ts"
import { openLogFile } from "../../../packages/local/log/LogFile.ts"

const at = iso("2026-03-04T05:06:07.000Z")

describe("the trace on one machine, of a real bot", () => {
  it.effect("is of the bot's own tables, and of the log that all share", () =>
    Effect.acquireUseRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-trace-"))),
      (data) =>
        Effect.gen(function* () {
          mkdirSync(join(data, "bot-777"))
          const tables = Tables.layer(join(data, "bot-777", "concierge.sqlite"))
          const event = {
            eventId: eventIdOf("777", 7),
            eventType: "start",
            payload: {},
            timestamp: at,
            expiresAt: 4_000_000_000,
          }
          yield* Events.use((events) => events.claim(event)).pipe(
            Effect.provide(LocalEvents.layer.pipe(Layer.provide(tables)), { local: true }),
          )
          const file = openLogFile(join(data, "log"))
          file.write(at, JSON.stringify({ timestamp: at, level: "INFO", message: "update", updateId: 7 }))
          file.close()

          const environment = { CONCIERGE_DATA: data, TELEGRAM_BOT_TOKEN: "777:secret" }
          const [id, trace] = yield* Effect.flatMap(Bot, ({ id }) =>
            Effect.map(traceUpdate(id, 7), (trace) => [id, trace] as const),
          ).pipe(
            Effect.provide(logs.here),
            Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromUnknown(environment)),
          )
          assert.strictEqual(id, "777")
          assert.strictEqual(trace.event?.eventType, "start")
          assert.lengthOf(trace.lines, 1)
        }),
      (data) => Effect.sync(() => rmSync(data, { recursive: true })),
    ),
  )
})
