import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { recount } from "@concierge/core/attribution/recount.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Archive from "../../packages/local/store/Archive.ts"
import * as Events from "../../packages/local/store/Events.ts"
import { Tables } from "../../packages/local/store/Tables.ts"

// So many events of 40 links and 30 days, and how long it takes to count the funnel again from them.

const events = Number(process.argv[2] ?? 1_000_000)
const directory = mkdtempSync(join(tmpdir(), "concierge-recount-"))

const fill = Effect.map(Tables, ({ sqlite }) => {
  const insert = sqlite.prepare(
    "INSERT INTO events (eventId, timestamp, outcome, expiresAt, item) VALUES (?, ?, 'applied', 4000000000, ?)",
  )
  const states = ["WELCOME_VIDEO_SENT", "TTS_SENT", "DONE"]
  sqlite.exec("BEGIN")
  for (let index = 0; index < events; index++) {
    const at = new Date(Date.UTC(2026, 2, 1 + (index % 30), index % 24)).toISOString()
    const counted = {
      eventId: `7:${index}`,
      eventType: "start",
      timestamp: at,
      processed: true,
      outcome: "applied",
      finishedAt: at,
      deliveries: 1,
      expiresAt: 4_000_000_000,
      language: index % 3 === 0 ? "es" : "en",
      run: 1,
      reached: states[index % 3],
      linkId: `link${index % 40}`,
      origin: `origin${index % 40}`,
      gap: index % 7,
      countedAt: at,
      payload: { text: "x".repeat(300) },
    }
    insert.run(counted.eventId, at, JSON.stringify(counted))
  }
  sqlite.exec("COMMIT")
})

let most = 0
const bench = Effect.gen(function* () {
  yield* fill
  const before = process.memoryUsage().rss
  const started = performance.now()
  const { events: seen } = yield* recount("", () => {
    most = Math.max(most, process.memoryUsage().rss)
  })
  const seconds = (performance.now() - started) / 1000
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  console.log(
    `${seen} events in ${seconds.toFixed(1)} s, ${Math.round(seen / seconds)} a second; ${megabytes(before)} MB of memory before, ${megabytes(most)} MB at the most`,
  )
})

const stores = Layer.mergeAll(Archive.layer, Events.layer).pipe(
  Layer.provideMerge(Tables.layer(join(directory, "concierge.sqlite"))),
)
await Effect.runPromise(Effect.provide(bench, stores)).finally(() => rmSync(directory, { recursive: true }))
