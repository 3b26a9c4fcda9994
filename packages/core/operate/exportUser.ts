import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { UserId } from "../ids.ts"
import { kept } from "../retention.ts"
import { DeadLetters } from "../services/DeadLetters.ts"
import { Records } from "../services/Records.ts"
import { Tombstones } from "../services/Tombstones.ts"
import { currentIso } from "../Time.ts"

/** All that is stored of a person, as it is stored. */
export const exportUser = Effect.fn("exportUser")(function* (userId: UserId) {
  const records = yield* Records
  const { letters } = yield* DeadLetters
  const tombstones = yield* Tombstones
  const dead = letters.pipe(
    Stream.filter(({ update }) => `telegram_${update.group}` === userId),
    Stream.map(({ update }) => update),
    Stream.runCollect,
  )
  const [user, sessions, events, forgotten, deadLetters] = yield* Effect.all(
    [records.user(userId), records.sessionsOf(userId), records.eventsOf(userId), tombstones.get(userId), dead],
    { concurrency: "unbounded" },
  )
  return {
    userId,
    exportedAt: yield* currentIso,
    /** Undefined: there is no such person, or not any more. */
    user,
    sessions,
    events,
    deadLetters,
    /** That they were forgotten, and when: kept under a hash of the id. */
    forgotten: Option.getOrUndefined(forgotten),
    /** What cannot be looked up by a person, and for how many days it is held. */
    elsewhere: kept,
  }
})

/** Nothing is stored of them, nor ever was in the time that a mark is kept. */
export const isNobody = ({ deadLetters, events, forgotten, sessions, user }: Exported): boolean =>
  user === undefined && forgotten === undefined && sessions.length + events.length + deadLetters.length === 0

export type Exported = Effect.Success<ReturnType<typeof exportUser>>
