import { statSync } from "node:fs"
import { Tables } from "@concierge/local/store/Tables.ts"
import * as Effect from "effect/Effect"

export interface Sizes {
  /** Bytes. */
  readonly file: number
  readonly log: number
  readonly heap: number
  readonly rss: number
}

/** What the tables take on the disk and this process in memory, after a collection of garbage. */
export const sizesOf = (tables: string): Sizes => {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return { file: sizeOf(tables), log: sizeOf(`${tables}-wal`), heap: heapUsed, rss }
}

const tables = ["users", "events", "sessions", "settings", "queue", "accepted"]

/** Rows of each table, and how updates ended of which there is a record still. */
export const rowsOf = Tables.use(({ sqlite }) =>
  Effect.sync(() => {
    const count = (what: string, ...values: ReadonlyArray<number>): number =>
      Number(sqlite.prepare(`SELECT count(*) AS n FROM ${what}`).get(...values)?.n)
    const outcomes = sqlite.prepare("SELECT outcome, count(*) AS n FROM events GROUP BY outcome ORDER BY n DESC").all()
    return {
      rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
      outcomes: Object.fromEntries(outcomes.map(({ n, outcome }) => [String(outcome), Number(n)])),
      /** Past their time by more than the hour between two expiries. */
      overdue: (now: number): number =>
        ["events", "sessions", "settings"].reduce(
          (sum, table) => sum + count(`${table} WHERE expiresAt < ?`, now - 3_600),
          0,
        ),
      /** Taken in, and neither ended nor dead. */
      unfinished: count("events WHERE outcome IS NULL") + count("queue WHERE dead = 0"),
    }
  }),
)
