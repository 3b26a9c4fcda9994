import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import * as Effect from "effect/Effect"
import { attributesOf, type Insider } from "./Insider.ts"

/** Somebody who can read and write the data directory of the one-machine host. */
export const insiderOf = (data: string): Insider => {
  const read = (name: string) => readFile(join(data, name), "utf8")
  const write = (sql: string, ...values: ReadonlyArray<SQLInputValue>) =>
    Effect.acquireUseRelease(
      Effect.sync(() => new DatabaseSync(join(data, "concierge.sqlite"), { timeout: 5_000 })),
      (sqlite) => Effect.sync(() => void sqlite.prepare(sql).run(...values)),
      (sqlite) => Effect.sync(() => sqlite.close()),
    )
  return {
    secrets: Effect.promise(async () => ({
      "webhook secret": await read("webhook-secret"),
      "key that signs links": await read("media-signing.key"),
    })),
    spoil: (userId, text) =>
      write("UPDATE users SET item = json_set(item, '$.state', ?1, '$.run', ?1) WHERE userId = ?2", text, userId),
    enqueue: (updateId, body) =>
      write(
        "INSERT INTO queue (updateId, grp, body, attributes, visibleAt) VALUES (?, 'none', ?, ?, 0)",
        updateId,
        body,
        JSON.stringify(attributesOf(updateId)),
      ),
    lose: (key) => Effect.promise(() => rm(join(data, "objects", key))),
  }
}
