import type { User } from "@concierge/core/onboarding/User.ts"
import { isBlank } from "./isBlank.ts"
import type { World } from "./World.ts"

/** Everybody there is a record of. */
export const usersOf = ({ stores }: World): ReadonlyArray<User> =>
  stores.tables.sqlite
    .prepare("SELECT item FROM users ORDER BY userId")
    .all()
    .map(({ item }) => JSON.parse(String(item)))

/** All that a late repeat must not change. Deletion by age may go on, so what expires is left out; so are blank records. */
export const snapshot = (world: World): string => {
  const { history, stores } = world
  const users = usersOf(world)
    .filter((user) => !isBlank(user))
    .map((user) => {
      const { answers, attributed_at, blocked, firstName, ref_code, run, state, state_progress, userId, version } = user
      return [
        userId,
        state,
        run,
        version,
        state_progress,
        answers,
        firstName,
        ref_code,
        attributed_at,
        blocked,
        user.ambiguous,
      ]
    })
  const counters = stores.tables.sqlite
    .prepare(
      "SELECT settings.key, j.key AS cell, j.value FROM settings, json_each(item) AS j WHERE settings.key LIKE 'funnel#%' AND j.key LIKE 'c:%' ORDER BY 1, 2",
    )
    .all()
    .map((row) => Object.values(row))
  const sessions = stores.tables.sqlite.prepare("SELECT item FROM sessions ORDER BY sessionId").all()
  return JSON.stringify([users, counters, sessions, history.sends.length])
}
