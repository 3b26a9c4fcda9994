import { EventsError } from "@concierge/core/services/Events.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { SessionsError } from "@concierge/core/services/Sessions.ts"
import { SettingsError } from "@concierge/core/services/Settings.ts"
import { UsersError } from "@concierge/core/services/Users.ts"
import type { Boundary, Call } from "./boundary.ts"
import type { Services } from "./Services.ts"
import type { World } from "./World.ts"

export const down = (): Unavailable => new Unavailable({ cause: new Error("injected") })

/** `7:701` is update 701. */
export const updateOf = (eventId: string): number => Number(eventId.split(":")[1])

/** The stores, behind a boundary of which every call is one crossing. */
export const boundStores = (
  world: World,
  at: Boundary,
  { events, sessions, settings, tables, users }: Services["stores"],
): Services["stores"] => {
  const usersDown = () => new UsersError({ reason: down() })
  const eventsDown = () => new EventsError({ reason: down() })
  const sessionsDown = () => new SessionsError({ reason: down() })
  const settingsDown = () => new SettingsError({ reason: down() })
  const ofEvent = (eventId: string) => ({ who: eventId, whom: world.whose(updateOf(eventId)) })
  const ofUser = (userId: string) => ({ who: userId, whom: userId })
  const ofAll = (who: string) => ({ who, whom: undefined })

  const user = <A>(call: Omit<Call<A, UsersError>, "failure">) => at({ ...call, failure: usersDown })
  const event = <A>(call: Omit<Call<A, EventsError>, "failure">) => at({ ...call, failure: eventsDown })
  const session = <A>(call: Omit<Call<A, SessionsError>, "failure">) => at({ ...call, failure: sessionsDown })
  const setting = <A>(call: Omit<Call<A, SettingsError>, "failure">) => at({ ...call, failure: settingsDown })
  return {
    tables,
    users: {
      begin: (input) => user({ method: "Users.begin", ...ofEvent(input.event), effect: users.begin(input) }),
      release: (input) => user({ method: "Users.release", ...ofUser(input.userId), effect: users.release(input) }),
      commit: (input) => user({ method: "Users.commit", ...ofEvent(input.event), effect: users.commit(input) }),
      remove: (id, token) => user({ method: "Users.remove", ...ofUser(id), effect: users.remove(id, token) }),
      get: users.get,
    },
    events: {
      claim: (input) => event({ method: "Events.claim", ...ofEvent(input.eventId), effect: events.claim(input) }),
      finish: (input) => event({ method: "Events.finish", ...ofEvent(input.eventId), effect: events.finish(input) }),
      finished: (ids) => event({ method: "Events.finished", ...ofAll("recent"), effect: events.finished(ids) }),
      ofUser: (id) => event({ method: "Events.ofUser", ...ofUser(id), effect: events.ofUser(id) }),
      strip: (id, known) => event({ method: "Events.strip", ...ofUser(id), effect: events.strip(id, known) }),
      get: (id) => event({ method: "Events.get", ...ofEvent(id), effect: events.get(id) }),
    },
    sessions: {
      save: (run) => session({ method: "Sessions.save", ...ofUser(run.userId), effect: sessions.save(run) }),
      removeOfUser: (id, known) =>
        session({ method: "Sessions.removeOfUser", ...ofUser(id), effect: sessions.removeOfUser(id, known) }),
      ofUser: sessions.ofUser,
    },
    settings: {
      get: (key) => setting({ method: "Settings.get", ...ofAll(key), effect: settings.get(key) }),
      put: (put) => setting({ method: "Settings.put", ...ofAll(put.key), effect: settings.put(put) }),
      swap: (swap) => setting({ method: "Settings.swap", ...ofAll(swap.key), effect: settings.swap(swap) }),
      remove: (key) => setting({ method: "Settings.remove", ...ofAll(key), effect: settings.remove(key) }),
      count: (count) => {
        // A day's codes are counted by the code, everything else by its event.
        const whose = count.key.startsWith("funnel#") ? ofEvent(count.id) : ofAll(count.key)
        return setting({ method: "Settings.count", ...whose, effect: settings.count(count) })
      },
      throttle: (use) =>
        setting({ method: "Settings.throttle", ...ofEvent(use.event), effect: settings.throttle(use) }),
      release: (key, token) =>
        setting({ method: "Settings.release", ...ofAll(key), effect: settings.release(key, token) }),
    },
  }
}
