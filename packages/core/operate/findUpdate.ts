import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { botIdOf, WorkerConfig } from "../config.ts"
import { type EventId, eventId, eventIdOf, userId as userIdFrom } from "../ids.ts"
import { Records } from "../services/Records.ts"
import { type Fields, fieldsOf } from "../stored/shape.ts"
import { dead } from "./listDead.ts"

/** Of `7`, the event of this bot's update 7; of what has a colon, itself. */
export const eventIdFrom = Effect.fnUntraced(function* (text: string) {
  if (text.includes(":")) return eventId(text)
  return eventIdOf(botIdOf((yield* WorkerConfig).botToken), Number(text))
})

/** Everything that is stored about one update: its event, what it did to the person, and its dead letters. */
export const findUpdate = Effect.fn("findUpdate")(function* (id: EventId) {
  const records = yield* Records
  const event = yield* records.event(id)
  const letters = yield* Stream.runCollect(Stream.filter(dead, (letter) => letter.eventId === id))
  const group = letters[0]?.update.group
  const owner = event?.userId ?? (group === undefined ? undefined : `telegram_${group}`)
  const user = Predicate.isString(owner) ? yield* records.user(userIdFrom(owner)) : undefined
  const sessions = Predicate.isString(owner) ? yield* records.sessionsOf(userIdFrom(owner)) : []
  const committed = inner(user?.recent, id)
  const updateId = id.slice(id.indexOf(":") + 1)
  const received = Object.entries(fieldsOf(user?.state_progress)).flatMap(([step, entry]) =>
    fieldsOf(entry).updateId === updateId ? [{ step, ...fieldsOf(entry) }] : [],
  )
  const unseen = Object.entries(fieldsOf(user?.unseen)).flatMap(([of, entry]) =>
    fieldsOf(entry).event === id ? [{ of, ...fieldsOf(entry) }] : [],
  )
  const lock = fieldsOf(user?.lock)
  return {
    eventId: id,
    event,
    userId: owner,
    /** What was written with the person's new state. */
    committed,
    /** The steps whose messages were sent for it. */
    sent: received,
    /** Messages of it of whose arrival nobody knows. */
    unseen,
    /** It is being worked, or whoever did so died. */
    lock: lock.event === id ? lock : undefined,
    session: sessions.find(({ sessionId }) => sessionId === (committed?.sessionId ?? user?.sessionId)),
    deadLetters: letters,
  }
})

export type Found = Effect.Success<ReturnType<typeof findUpdate>>

const inner = (value: unknown, name: string): Fields | undefined => {
  const found = fieldsOf(value)[name]
  return found === undefined ? undefined : fieldsOf(found)
}
