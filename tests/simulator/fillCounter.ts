import { cellOf } from "@concierge/core/attribution/Counted.ts"
import { funnelKey } from "@concierge/core/attribution/Tally.ts"
import { rememberedLimit } from "@concierge/core/delivery/times.ts"
import type { Services } from "./Services.ts"

/** A counter of the first day as dead workers left it: full of ids, most of them of updates that are finished. */
export const fillCounter = ({ tables }: Services["stores"]): void => {
  const at = "2026-03-04T08:00:00.000Z"
  const fact = { run: 1, started: 1, language: "en" }
  const kept = JSON.stringify({ ...fact, origin: "-", countedAt: at, finishedAt: at, outcome: "applied" })
  const event = tables.sqlite.prepare(
    "INSERT INTO events (eventId, timestamp, outcome, expiresAt, item) VALUES (?1, ?2, 'applied', 4000000000, json_set(?3, '$.eventId', ?1))",
  )
  const ids = Array.from({ length: rememberedLimit + 25 }, (_, index) => `7:${100_000 + index}`)
  for (const id of ids.slice(0, rememberedLimit + 5)) event.run(id, at, kept)
  const { cell, group } = cellOf(fact)
  const remembered = Object.fromEntries(ids.map((id) => [`i:${id}`, cell]))
  tables.sqlite
    .prepare("INSERT INTO settings (key, item) VALUES (?, ?)")
    .run(
      funnelKey({ day: at.slice(0, 10), id: "-", shard: 0, group }),
      JSON.stringify({ about: {}, [`c:${cell}`]: ids.length, ...remembered }),
    )
}
