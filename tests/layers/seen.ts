import { ofCell } from "@concierge/core/attribution/Counted.ts"
import { cellIn } from "@concierge/core/attribution/Tally.ts"
import { eventIdOf, UserId } from "@concierge/core/ids.ts"
import { counterOf } from "@concierge/core/services/Counter.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Attributes } from "@concierge/core/services/UpdateQueue.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Tables } from "../../packages/local/store/Tables.ts"
import { botId } from "./testWorld.ts"
import { type Person, userIdOfPerson } from "./updates.ts"

type Numbered = { readonly update_id: number }

/** The stored person, if there is one. */
export const storedUser = (person: Person) =>
  Users.use((users) => Effect.map(users.get(UserId.make(userIdOfPerson(person))), Option.getOrUndefined))

/** The stored person; without one the test fails. */
export const userOf = (person: Person) =>
  Effect.flatMap(storedUser(person), (user) =>
    user === undefined ? Effect.die(new Error("there is no such person")) : Effect.succeed(user),
  )

export const sessionsOf = (person: Person) =>
  Sessions.use((sessions) => sessions.ofUser(UserId.make(userIdOfPerson(person))))

export const eventOf = ({ update_id }: Numbered) =>
  Events.use((events) => Effect.map(events.get(eventIdOf(botId, update_id)), Option.getOrUndefined))

export const outcomeOf = (update: Numbered) => Effect.map(eventOf(update), (event) => event?.outcome)

export const userCount = Effect.map(Tables, ({ sqlite }) =>
  Number(sqlite.prepare("SELECT count(*) AS n FROM users").get()?.n),
)

/** Messages that wait to be worked, and dead letters. */
export const queued = Effect.map(Tables, ({ sqlite }) => ({
  waiting: Number(sqlite.prepare("SELECT count(*) AS n FROM queue WHERE dead = 0").get()?.n),
  dead: Number(sqlite.prepare("SELECT count(*) AS n FROM queue WHERE dead = 1").get()?.n),
}))

/** How often each message that waits was received. */
export const receives = Effect.map(Tables, ({ sqlite }) =>
  sqlite
    .prepare("SELECT receives FROM queue WHERE dead = 0 ORDER BY id")
    .all()
    .map((row) => Number(row.receives)),
)

/** Everything in the settings table. */
export const settings = Effect.map(Tables, ({ sqlite }) =>
  sqlite
    .prepare("SELECT key, expiresAt, item FROM settings")
    .all()
    .map(({ expiresAt, item, key }) => ({ key: String(key), expiresAt: Number(expiresAt), item: String(item) })),
)

/** How often each state was reached, by all counters whose keys begin so. */
export const counters = Effect.fnUntraced(function* (prefix: string) {
  const sums: Record<string, number> = {}
  for (const { item, key } of yield* settings) {
    if (!key.startsWith(prefix)) continue
    const { cells } = yield* counterOf(decodeItem(item))
    for (const [cell, count] of cells) {
      const { reached } = ofCell(cellIn(key, cell))
      if (reached !== undefined) sums[reached] = (sums[reached] ?? 0) + count
    }
  }
  return sums
})

const decodeItem = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)))

/** The messages that wait, with the milliseconds until each is visible. */
export const copies = Effect.gen(function* () {
  const { sqlite } = yield* Tables
  const now = yield* Clock.currentTimeMillis
  return sqlite
    .prepare("SELECT * FROM queue WHERE dead = 0 ORDER BY id")
    .all()
    .map((row) => ({
      body: String(row.body),
      group: String(row.grp),
      attributes: decodeAttributes(row.attributes),
      delay: Number(row.visibleAt) - now,
    }))
})

const decodeAttributes = Schema.decodeUnknownSync(Schema.fromJsonString(Attributes))
