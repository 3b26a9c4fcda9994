import { WorkerConfig } from "@concierge/core/config.ts"
import { retention } from "@concierge/core/retention.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Tables } from "./Tables.ts"

/** Rows a bite, and pages given back in one: milliseconds each, between which updates go on. */
const bite = 200
const pause = Duration.millis(20)

/** What goes when, by the table: its key, and the condition on now in seconds or a time before it. */
const outlived = (now: number, kept: Duration.Duration) =>
  [
    ["events", "eventId", "expiresAt < ?1", now],
    ["sessions", "sessionId", "expiresAt < ?1", now],
    ["settings", "key", "expiresAt < ?1", now],
    // As long as the events with which they are counted.
    ["accepted", "updateId", "at < ?1", now - Duration.toSeconds(kept)],
    // In milliseconds; hidden for the last time when it died.
    [
      "queue",
      "id",
      "dead = 1 AND visibleAt < ?1",
      1000 * (now - Duration.toSeconds(Duration.days(retention.deadLetters))),
    ],
  ] as const

/**
 * Deletes what has outlived its time, as the tables' time to live does in AWS, in small bites and while updates are
 * worked; then gives the space back, and empties SQLite's log into the file.
 */
export const expire = Effect.gen(function* () {
  const { commit, sqlite } = yield* Tables
  const { retention: kept } = yield* WorkerConfig
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  for (const [table, key, isOver, before] of outlived(now, kept)) {
    const remove = sqlite.prepare(
      `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${isOver} LIMIT ${bite})`,
    )
    while ((yield* commit(() => Number(remove.run(before).changes))) === bite) yield* Effect.sleep(pause)
  }
  const free = () => Number(sqlite.prepare("PRAGMA freelist_count").get()?.freelist_count)
  // Outside of a transaction, which one bite is by itself; a few free pages are wanted at the next insert.
  while (free() > bite) {
    yield* Effect.sync(() => sqlite.exec(`PRAGMA incremental_vacuum(${bite})`))
    yield* Effect.sleep(pause)
  }
  yield* Effect.sync(() => sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)"))
})
