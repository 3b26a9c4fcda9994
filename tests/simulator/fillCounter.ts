import { countedLimit } from "@concierge/core/delivery/times.ts"
import type { Services } from "./Services.ts"

/** The counter of the first day as after a busy morning: full of ids, most of them of updates that are finished. */
export const fillCounter = ({ tables }: Services["stores"]): void => {
  const at = "2026-03-04T08:00:00.000Z"
  const event = tables.sqlite.prepare(
    "INSERT INTO events (eventId, timestamp, outcome, expiresAt, item) VALUES (?1, ?2, 'applied', 4000000000, json_object('finishedAt', ?2))",
  )
  const ids = Array.from({ length: countedLimit + 5 }, (_, index) => `7:${100_000 + index}`)
  for (const id of ids.slice(0, 150)) event.run(id, at)
  const counted = Object.fromEntries(ids.map((id) => [id, at]))
  tables.sqlite
    .prepare("INSERT INTO settings (key, item) VALUES ('funnel#2026-03-04#0', ?)")
    .run(JSON.stringify({ counts: {}, counted }))
}
