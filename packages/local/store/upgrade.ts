import type { DatabaseSync } from "node:sqlite"

/** Brings a file of an earlier version to what this one expects of it. */
export const upgrade = (sqlite: DatabaseSync): void => {
  const columns = sqlite.prepare("PRAGMA table_info(accepted)").all()
  if (!columns.some(({ name }) => name === "at")) {
    // Of what was accepted before, nobody knows when: it counts from now on.
    const now = Math.floor(Date.now() / 1000)
    sqlite.exec(`ALTER TABLE accepted ADD COLUMN at INTEGER NOT NULL DEFAULT ${now}`)
  }
  sqlite.exec("CREATE INDEX IF NOT EXISTS acceptedByTime ON accepted (at)")
  if (sqlite.prepare("PRAGMA auto_vacuum").get()?.auto_vacuum === incremental) return
  // Only a file that is written anew takes it on: once, at the first start of this version.
  sqlite.exec("PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
}

/** As SQLite numbers it. */
const incremental = 2
