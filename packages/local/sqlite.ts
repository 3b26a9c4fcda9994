import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * Opens a SQLite file, or a private database in memory for `:memory:`, and closes it with the scope.
 * `auto_vacuum`: space that is free can be given back. `journal_size_limit`: 16 MiB, after a checkpoint.
 * `synchronous = FULL`: what is committed is on the disk, so that an answered update survives even a power cut.
 */
export const open = (path: string, schema: string): Effect.Effect<DatabaseSync, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const sqlite = new DatabaseSync(path)
      sqlite.exec(
        "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA journal_size_limit = 16777216",
      )
      sqlite.exec(schema)
      return sqlite
    }),
    (sqlite) => Effect.sync(() => sqlite.close()),
  )

/** All or nothing: what throws inside leaves no trace. */
export const transaction = <A>(sqlite: DatabaseSync, run: () => A): A => {
  sqlite.exec("BEGIN IMMEDIATE")
  try {
    const result = run()
    sqlite.exec("COMMIT")
    return result
  } catch (error) {
    // A full disk has rolled back already.
    if (sqlite.isTransaction) sqlite.exec("ROLLBACK")
    throw error
  }
}
