import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brand } from "@concierge/brands/concierge/brand.ts"
import * as Effect from "effect/Effect"
import * as Tables from "../../packages/local/store/Tables.ts"
import { flagsOf, refuse, wrong } from "../flags.ts"
import type { Counted } from "./child.ts"

// So many events of 40 links and 30 days, and how long it takes to count the funnel again from them.

const { positionals, values } = flagsOf({ allowPositionals: true, options: { check: { type: "boolean" } } }, {})
const [many = "1000000"] = positionals
const bad = wrong("events", many, "a whole number above 0")
if (bad !== undefined) refuse(bad)
const events = Number(many)
const directory = mkdtempSync(join(tmpdir(), "concierge-recount-"))

const fill = Effect.map(Tables.Tables, ({ sqlite }) => {
  const insert = sqlite.prepare(
    "INSERT INTO events (eventId, timestamp, outcome, expiresAt, item) VALUES (?, ?, 'applied', 4000000000, ?)",
  )
  const states = brand.flow.steps.map(({ state }) => state)
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

/** A million in a minute, in memory that does not grow with them: what the collector has not yet come to may stand about. */
const budget = { perSecond: 1_000_000 / 60, growthMb: 48 }

const path = join(directory, "concierge.sqlite")
try {
  await Effect.runPromise(Effect.provide(fill, Tables.layer(path)))
  const child = spawnSync(process.execPath, [join(import.meta.dirname, "child.ts"), path, String(events)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  })
  const { early, events: seen, most, seconds }: Counted = JSON.parse(child.stdout)
  const growth = most - early
  console.log(
    `${seen} events in ${seconds.toFixed(1)} s, ${Math.round(seen / seconds)} a second; ${early.toFixed(0)} MB of memory after a tenth of them, ${most.toFixed(0)} MB at the most`,
  )
  if (values.check) {
    const isWithin = seen === events && seen / seconds >= budget.perSecond && growth <= budget.growthMb
    console.log(
      `${isWithin ? "within" : "over"} the budget: ${Math.round(budget.perSecond)} a second, ${budget.growthMb} MB more`,
    )
    process.exitCode = isWithin ? 0 : 1
  }
} finally {
  rmSync(directory, { recursive: true })
}
