import type { DatabaseSync } from "node:sqlite"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { open } from "../sqlite.ts"
import { Options } from "./Options.ts"
import { schema } from "./schema.sql.ts"

/** What Telegram remembers, on the disk. Nothing else writes to it, so what is cached in memory is never stale. */
export class Database extends Context.Service<
  Database,
  {
    readonly sqlite: DatabaseSync
    /** All of `write` or none of it. */
    transact<A>(write: () => A): A
    /** The highest id that a table has ever given out. */
    lastId(table: "messages" | "updates"): number
  }
>()("@concierge/local/telegram/Database") {}

export const layer = Layer.effect(
  Database,
  Effect.gen(function* () {
    const { path } = yield* Options
    const sqlite = yield* open(path, schema)
    // NORMAL survives the death of the process, which is all that is promised here, and spares the bot's disk a flush a message.
    sqlite.exec("PRAGMA synchronous = NORMAL")
    const begin = sqlite.prepare("BEGIN IMMEDIATE")
    const commit = sqlite.prepare("COMMIT")
    const rollback = sqlite.prepare("ROLLBACK")
    const sequence = sqlite.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?")

    return Database.of({
      sqlite,
      transact: (write) => {
        begin.run()
        try {
          const result = write()
          commit.run()
          return result
        } catch (cause) {
          rollback.run()
          throw cause
        }
      },
      lastId: (table) => Number(sequence.get(table)?.seq ?? 0),
    })
  }),
)
