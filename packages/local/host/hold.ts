import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Problem } from "./Problem.ts"

/**
 * Keeps a second host out of the data directory: each would take up what the other has in hand, and people would get
 * messages twice. SQLite's lock goes with the process, however it dies.
 */
export const hold = (data: string): Effect.Effect<void, Problem, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.try({
        try: () => {
          const lock = new DatabaseSync(join(data, "in-use.sqlite"))
          lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
          return lock
        },
        catch: () =>
          new Problem({
            advice: `${data} is in use by a Concierge that still runs. Stop it, or give this one a directory of its own: CONCIERGE_DATA=other npm start.`,
          }),
      }),
      (lock) => Effect.sync(() => lock.close()),
    ),
  )
