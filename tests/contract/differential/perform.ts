import { EventId, SessionId, UserId } from "@concierge/core/ids.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { Iso, plus } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import { stepped } from "../suites/users/people.ts"
import type { Operation } from "./operations.ts"

const timeOf = (at: number): Iso => plus(Iso.make("2026-03-04T00:00:00.000Z"), at * 30_000)

/** What a side has answered to its begins, which commits start from. */
export type Begun = Map<number, User>

/** Does it on one side, under ids of this run's own; gives the answer, or the reason why there is none. */
export const perform = (operation: Operation, run: string, begun: Begun) =>
  answerOf(operation, run, begun).pipe(Effect.catch(({ reason }) => Effect.succeed(reason._tag)))

const answerOf = Effect.fnUntraced(function* (operation: Operation, run: string, begun: Begun) {
  const users = yield* Users
  const events = yield* Events
  const sessions = yield* Sessions
  const settings = yield* Settings
  const userOf = (person: number): UserId => UserId.make(`${run} telegram_${person}`)
  const eventOf = (event: number): EventId => EventId.make(`${run} 7:${event}`)
  switch (operation._tag) {
    case "begin": {
      const { at, event, person, token } = operation
      const user = yield* users.begin({
        userId: userOf(person),
        telegramId: 2 ** 33 + person,
        event: eventOf(event),
        token: `token ${token}`,
        now: timeOf(at),
        until: timeOf(at + 2),
        sessionId: SessionId.make(`session ${at}`),
      })
      begun.set(person, user)
      return user
    }
    case "release": {
      const { clean, notBefore, person, token } = operation
      const release = { userId: userOf(person), token: `token ${token}`, clean }
      return yield* users.release(notBefore === undefined ? release : { ...release, notBefore: timeOf(notBefore) })
    }
    case "commit": {
      const { at, event, full, name, person, state, token } = operation
      const before = begun.get(person)
      if (before === undefined) return "nobody"
      const { not_before: _, username: __, utm: ___, ...rest } = stepped(before, eventOf(event), { state })
      const entry = { state, at: timeOf(at), updateId: String(event), sentAt: timeOf(at) }
      const more = full ? { utm: { source: "a" }, state_progress: { [state]: entry } } : { recent: {} }
      const after = { ...rest, ...more, ...(name !== undefined && { username: name }) }
      return yield* users.commit({ before, after, event: eventOf(event), token: `token ${token}` })
    }
    case "removeUser":
      return yield* users.remove(userOf(operation.person), `token ${operation.token}`)
    case "getUser":
      return yield* users.get(userOf(operation.person))
    case "claim": {
      const { at, event, person, raw, text } = operation
      return yield* events.claim({
        eventId: eventOf(event),
        eventType: raw ? "message" : "start",
        payload: raw ? text : { text, nothing: null, [`key ${text}`]: [text] },
        timestamp: timeOf(at),
        expiresAt: at,
        ...(person !== undefined && { userId: userOf(person) }),
      })
    }
    case "finish": {
      const { _tag, at, event, ...rest } = operation
      return yield* events.finish({ ...rest, eventId: eventOf(event), at: timeOf(at) })
    }
    case "getEvent":
      return yield* events.get(eventOf(operation.event))
    case "finished":
      return [...(yield* events.finished(operation.events.map(eventOf)))].toSorted()
    case "eventsOfUser":
      return (yield* events.ofUser(userOf(operation.person))).toSorted()
    case "strip":
      return yield* events.strip(userOf(operation.person), [])
    case "save": {
      const { at, createdAt, person, run: number, state, text } = operation
      return yield* sessions.save({
        sessionId: SessionId.make(`${run} session ${number}`),
        userId: userOf(person),
        chatId: -(2 ** 40),
        state,
        data: { text },
        createdAt: timeOf(createdAt),
        updatedAt: timeOf(at),
        expiresAt: at,
      })
    }
    case "ofUser":
      return yield* sessions.ofUser(userOf(operation.person))
    case "removeOfUser":
      return yield* sessions.removeOfUser(userOf(operation.person), [])
    case "put": {
      const { expiresAt, key, text } = operation
      const put = { key: `${run} value ${key}`, value: { text, [`key ${text}`]: [null] } }
      return yield* settings.put(expiresAt === undefined ? put : { ...put, expiresAt })
    }
    case "get":
      return yield* settings.get(`${run} value ${operation.key}`)
    case "remove":
      return yield* settings.remove(`${run} value ${operation.key}`)
    case "count": {
      const { atMost, cell, forget, id, key } = operation
      const limit = atMost === undefined ? {} : { atMost }
      const count = { key: `${run} counter ${key}`, about: { text: cell }, cell, id, forget, ...limit }
      const { about, cells, ids } = yield* settings.count(count)
      return [about, [...cells].toSorted(), [...ids].toSorted()]
    }
    case "releaseKey":
      return yield* settings.release(`${run} throttle ${operation.key}`, `token ${operation.token}`)
    case "throttle": {
      const { at, event, key, token } = operation
      const window = { now: timeOf(at), freeBefore: timeOf(at - 2), expiresAt: at }
      const who = { event: eventOf(event), token: `token ${token}` }
      return yield* settings.throttle({ key: `${run} throttle ${key}`, ...who, ...window })
    }
  }
})
