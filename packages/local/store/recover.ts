import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { attempt } from "./rows.ts"
import { Tables } from "./Tables.ts"

export interface Lost {
  readonly updateId: number
  readonly chat: string
}

/**
 * To run before anything is worked. Whatever was in hand belonged to a process that is gone: its messages are visible
 * again at once, without having used up a receive, and its locks are expired, so that nobody waits for them.
 * Gives what was in hand.
 */
export const recover = Effect.gen(function* () {
  const { sqlite } = yield* Tables
  const now = yield* Clock.currentTimeMillis
  const lost = yield* attempt(() =>
    sqlite
      .prepare(
        "UPDATE queue SET visibleAt = ?1, receives = receives - 1 WHERE dead = 0 AND receives > 0 AND visibleAt > ?1 RETURNING updateId, grp",
      )
      .all(now),
  )
  yield* attempt(() =>
    sqlite.exec("UPDATE users SET item = json_set(item, '$.lock.until', '') WHERE item -> '$.lock' IS NOT NULL"),
  )
  if (lost.length > 0) yield* Effect.logInfo("taking up what the last run left unfinished", { messages: lost.length })
  return lost.map(({ grp, updateId }): Lost => ({ updateId: Number(updateId), chat: String(grp) }))
})
