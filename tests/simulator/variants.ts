import { EventId } from "@concierge/core/ids.ts"
import { type Flow, followers } from "@concierge/core/onboarding/Flow.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import type { Commit } from "@concierge/core/services/Users.ts"
import { plus, toIso } from "@concierge/core/Time.ts"
import { ignored } from "@concierge/core/updates/Outcome.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { isBlank } from "./isBlank.ts"
import { linkVariants } from "./linkVariants.ts"
import type { Services } from "./Services.ts"
import type { Variant } from "./Variant.ts"
import { withUsers } from "./withUsers.ts"

type Stores = Services["stores"]

const put = ({ tables }: Stores, user: User): Effect.Effect<void> =>
  Effect.sync(
    () =>
      void tables.sqlite
        .prepare("REPLACE INTO users (userId, item) VALUES (?, ?)")
        .run(user.userId, JSON.stringify(user)),
  )

/** Where an answer has led on, to another step that may follow the question, if there is one. */
const astray = (flow: Flow, { after, before }: Commit): Commit["after"] => {
  const answered = flow.steps.find(({ id }) => before.answers?.[id] === undefined && after.answers?.[id] !== undefined)
  const had = flow.steps.find(({ id }) => !Object.hasOwn(before.state_progress, id) && after.state_progress[id])
  if (answered === undefined || had === undefined) return after
  const other = followers(flow, answered).find((step) => step !== had)
  const entry = after.state_progress[had.id]
  if (other === undefined || entry === undefined) return after
  const progress = { ...before.state_progress, [other.id]: { ...entry, state: other.state } }
  return { ...after, state: other.state, state_progress: progress }
}

/** Every one of them is a mistake somebody could make in good faith. */
export const variants: ReadonlyArray<Variant> = [
  {
    name: "begin always succeeds",
    shownBy: 2,
    under: (stores) =>
      withUsers(stores, {
        begin: (input) =>
          Effect.catchReason(stores.users.begin(input), "UsersError", "Busy", () =>
            Effect.flatMap(stores.users.get(input.userId), (user) => Effect.orDie(Effect.fromOption(user))),
          ),
      }),
  },
  {
    name: "the lease is shorter than the deadline",
    shownBy: 2,
    under: (stores) =>
      withUsers(stores, { begin: (input) => stores.users.begin({ ...input, until: plus(input.now, 3_000) }) }),
  },
  {
    name: "commit has no condition",
    shownBy: 15,
    under: (stores) => withUsers(stores, { commit: ({ after }) => Effect.as(put(stores, after), true) }),
  },
  {
    name: "commit does not keep the outcome",
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => stores.users.commit({ ...input, after: { ...input.after, recent: input.before.recent } }),
      }),
  },
  {
    name: "commit does not keep a block",
    shownBy: 4,
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => {
          const { membership_at: _, ...after } = input.after
          return stores.users.commit({ ...input, after: { ...after, blocked: false } })
        },
      }),
  },
  {
    name: "an unknown answer is released as clean",
    under: (stores) => withUsers(stores, { release: (release) => stores.users.release({ ...release, clean: true }) }),
  },
  {
    name: "what may have arrived is not kept",
    shownBy: 69,
    under: (stores) => withUsers(stores, { release: ({ unseen: _, ...release }) => stores.users.release(release) }),
  },
  {
    name: "an older message proves as well",
    shownBy: 6,
    under: (stores) =>
      withUsers(stores, {
        begin: (input) =>
          Effect.map(stores.users.begin(input), ({ unseen = {}, ...user }) => ({
            ...user,
            unseen: Object.fromEntries(Object.entries(unseen).map(([of, one]) => [of, { ...one, since: toIso(0) }])),
          })),
      }),
  },
  {
    name: "release does not look whose lock it is",
    under: (stores) =>
      withUsers(stores, {
        release: (release) =>
          Effect.sync(() => {
            const sql = "UPDATE users SET item = json_remove(item, '$.lock') WHERE userId = ?"
            return stores.tables.sqlite.prepare(sql).run(release.userId).changes > 0
          }),
      }),
  },
  {
    name: "claim forgets outcomes",
    under: (stores) => ({
      ...stores,
      events: {
        ...stores.events,
        claim: (claim) => Effect.map(stores.events.claim(claim), ({ outcome: _, ...event }) => event),
      },
    }),
  },
  {
    name: "the outcome is written before the commit",
    shownBy: 28,
    over: (stores) =>
      withUsers(stores, {
        commit: (input) =>
          stores.events
            .finish({
              eventId: input.event,
              outcome: input.after.recent[input.event]?.outcome ?? ignored("stale"),
              at: input.after.updatedAt,
            })
            .pipe(Effect.orDie, Effect.andThen(stores.users.commit(input))),
      }),
  },
  {
    name: "the counter counts whatever comes",
    shownBy: 94,
    under: (stores) => {
      let times = 0
      return {
        ...stores,
        settings: {
          ...stores.settings,
          count: (count) => {
            times += 1
            return stores.settings.count(
              count.key.startsWith("funnel#") ? { ...count, id: `${count.id} ${times}` } : count,
            )
          },
        },
      }
    },
  },
  {
    name: "an ended session is not saved",
    shownBy: 2,
    under: (stores, { flow }) => ({
      ...stores,
      sessions: {
        ...stores.sessions,
        save: (session) =>
          flow.steps.some(({ kind, state }) => kind === "finish" && state === session.state)
            ? Effect.void
            : stores.sessions.save(session),
      },
    }),
  },
  {
    name: "a person's runs outlive them",
    shownBy: 3,
    under: (stores) => ({ ...stores, sessions: { ...stores.sessions, removeOfUser: () => Effect.void } }),
  },
  {
    name: "events of somebody forgotten still name them",
    shownBy: 3,
    under: (stores) => ({ ...stores, events: { ...stores.events, strip: () => Effect.void } }),
  },
  {
    name: "the throttle is off",
    shownBy: 97,
    under: (stores) => ({ ...stores, settings: { ...stores.settings, throttle: () => Effect.succeed(undefined) } }),
  },
  {
    name: "what Telegram delivers again is taken for new",
    shownBy: 60,
    under: (stores) => ({
      ...stores,
      events: {
        ...stores.events,
        claim: (claim) => Effect.map(stores.events.claim(claim), (event) => ({ ...event, timestamp: claim.timestamp })),
      },
    }),
  },
  {
    name: "whoever is forgotten leaves no tombstone",
    shownBy: 5,
    under: (stores) => ({
      ...stores,
      settings: {
        ...stores.settings,
        put: (put) => (put.key.startsWith("forgotten#") ? Effect.void : stores.settings.put(put)),
      },
    }),
  },
  {
    name: "a begin in doubt keeps the record of somebody forgotten",
    shownBy: 30,
    under: (stores) => ({
      ...stores,
      events: { ...stores.events, ofUser: () => Effect.succeed([EventId.make("7:0")]) },
    }),
  },
  {
    name: "a record made by a repeat is released instead of removed",
    shownBy: 10,
    under: (stores) =>
      withUsers(stores, {
        remove: (userId, token) =>
          Effect.flatMap(stores.users.get(userId), (found) =>
            Option.exists(found, isBlank)
              ? stores.users.release({ userId, token, clean: true })
              : stores.users.remove(userId, token),
          ),
      }),
  },
  {
    name: "goodbyes said twice are not counted",
    shownBy: 155,
    under: (stores) => ({
      ...stores,
      events: {
        ...stores.events,
        finish: ({ ambiguous, ...finish }) =>
          stores.events.finish(
            finish.anonymous === true || ambiguous === undefined ? finish : { ...finish, ambiguous },
          ),
      },
    }),
  },
  {
    name: "an answer's commit loses the answer",
    shownBy: 17,
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => {
          const { answers: _, ...after } = input.after
          return stores.users.commit({ ...input, after })
        },
      }),
  },
  {
    name: "a choice leads along the wrong branch",
    shownBy: 17,
    under: (stores, { flow }) =>
      withUsers(stores, { commit: (input) => stores.users.commit({ ...input, after: astray(flow, input) }) }),
  },
  ...linkVariants,
  {
    name: "no delayed copies, waiting burns receives",
    queue: () => ({
      send: () => Effect.fail(new UpdateQueueError({ reason: new Unavailable({ cause: "variant" }) })),
    }),
  },
]
