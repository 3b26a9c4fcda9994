import type { Link } from "@concierge/core/attribution/Link.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import { startContainers } from "../layers/containers.ts"
import { receive } from "../layers/drive.ts"
import { type Person, says, somebody, taps } from "../layers/updates.ts"
import { Dice } from "../simulator/chance.ts"
import { type Written, watchWrites } from "./WriteUnits.ts"

export interface Rush {
  readonly people: number
  readonly containers: number
}

/** A person of the cost sheet: six updates, to the end and a little more. They came by an advertiser's click. */
const updates: ReadonlyArray<(person: Person) => Effect.Effect<object>> = [
  (person) => says(person, "/start l_abcdEFGH0123-_xy-CjwKCAjw-eKpBhAbEiwAqFL0mg_BwE"),
  (person) => taps(person, "play_audio"),
  (person) => taps(person, "finish"),
  (person) => says(person, "/menu"),
  (person) => taps(person, "watch_video"),
  (person) => says(person, "/help"),
]

const link: Link = {
  name: "Poster, north station",
  createdAt: iso("2026-03-04T00:00:00.000Z"),
  utm: { source: "poster", medium: "print", campaign: "spring_2026" },
}

/** One day's rush on one link, ten people at a time, each of whose updates comes to any of the containers. Gives each write. */
export const rush = Effect.fnUntraced(function* ({ containers, people }: Rush) {
  const dice = new Dice("rush", people)
  const queue = yield* LocalQueue
  const { put } = yield* Settings
  yield* put({ key: "link#abcdEFGH0123-_xy", value: link })
  const worker = yield* startContainers(containers, dice)
  const seen: Array<Written> = []
  yield* watchWrites((written) => seen.push(written))
  for (let from = 0; from < people; from += 10) {
    const group = Array.from({ length: Math.min(10, people - from) }, () =>
      somebody({ last_name: "García", language_code: dice.is(0.5) ? "es" : "en" }),
    )
    for (const update of updates) {
      for (const person of group) yield* receive(yield* update(person))
      for (let at = yield* queue.nextVisible(); at !== undefined; at = yield* queue.nextVisible()) {
        yield* TestClock.setTime(Math.max(at, yield* Clock.currentTimeMillis))
        yield* worker.work
      }
      yield* TestClock.adjust(dice.of([3_000, 12_000, 45_000]))
    }
  }
  return seen
})

/** Write units a person, by table. */
export const unitsOf = (seen: ReadonlyArray<Written>, people: number) => {
  const by: Record<string, number> = { total: 0, users: 0, events: 0, sessions: 0, settings: 0 }
  for (const { index, item, table } of seen) {
    by[table] = (by[table] ?? 0) + (item + index) / people
    by.total = (by.total ?? 0) + (item + index) / people
  }
  return by
}
