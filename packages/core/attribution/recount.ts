import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { eventId } from "../ids.ts"
import { Archive } from "../services/Archive.ts"
import { Events } from "../services/Events.ts"
import { Settings } from "../services/Settings.ts"
import { cellNamed, cellOf, isCounted, nameOfCell } from "./Counted.ts"
import { funnelKey, readTallies, type Tally, tallyOf } from "./Tally.ts"

export interface Difference {
  readonly day: string
  readonly tally: Tally
  readonly cell: string
  readonly counted: number
  readonly recounted: number
}

export interface Recount {
  readonly events: number
  readonly differences: ReadonlyArray<Difference>
  /** Counters of days before the first of which all events are still there. */
  readonly tooOld: number
}

/**
 * The whole funnel again, from the events alone: memory grows with the cells and not with the events. `seen` is told how
 * far it is. Days before `exactFrom`, of which some events have outlived their time, are left out.
 */
export const recount = Effect.fn("recount")(function* (exactFrom: string, seen: (events: number) => void = () => {}) {
  const archive = yield* Archive
  const counters = yield* readTallies()
  const truth = new Map<string, Tally>()
  const add = (tally: Tally, cell: string) => tally.cells.set(cell, (tally.cells.get(cell) ?? 0) + 1)
  let events = 0
  yield* Stream.runForEachArray(archive.events, (page) =>
    Effect.sync(() => {
      for (const { counted } of page) {
        events += 1
        if (counted.countedAt === undefined || !isCounted(counted)) continue
        add(tallyOf(truth, counted.countedAt.slice(0, 10), counted.origin ?? "-"), nameOfCell(cellOf(counted)))
      }
      seen(events)
    }),
  )
  yield* Effect.forEach(counters.values(), (tally) => addUnended(tally, tallyOf(truth, tally.day, tally.id)), {
    discard: true,
    concurrency: 10,
  })
  const isExact = ({ day }: Tally) => day >= exactFrom
  const days = [...new Set([...counters.keys(), ...truth.keys()])].sort()
  const differences = days.flatMap((key) => {
    const tally = counters.get(key) ?? truth.get(key)
    if (tally === undefined || !isExact(tally)) return []
    return differencesOf(tally, counters.get(key)?.cells ?? new Map(), truth.get(key)?.cells ?? new Map())
  })
  const tooOld = [...counters.values()].filter((tally) => !isExact(tally)).length
  return { events, differences, tooOld } satisfies Recount
})

/** A worker may have died between the counter and the event's outcome: the counter knows, the event does not say so yet. */
const addUnended = Effect.fnUntraced(function* ({ ids }: Tally, truth: Tally) {
  const events = yield* Events
  const known = [...ids].filter(([id]) => !id.startsWith(mended))
  const finished = yield* events.finished(known.map(([id]) => eventId(id)))
  for (const [id, cell] of known) {
    if (finished.has(eventId(id))) continue
    truth.cells.set(cell, (truth.cells.get(cell) ?? 0) + 1)
  }
})

const differencesOf = (
  tally: Tally,
  counted: ReadonlyMap<string, number>,
  recounted: ReadonlyMap<string, number>,
): ReadonlyArray<Difference> =>
  [...new Set([...counted.keys(), ...recounted.keys()])].sort().flatMap((cell) => {
    const [is, should] = [counted.get(cell) ?? 0, recounted.get(cell) ?? 0]
    return is === should ? [] : [{ day: tally.day, tally, cell, counted: is, recounted: should }]
  })

/** Writes what is missing into the counters, or takes out what is too much: one write a cell, once however often it is tried. */
export const repair = Effect.fn("repair")(function* (differences: ReadonlyArray<Difference>, id: string) {
  const settings = yield* Settings
  yield* Effect.forEach(
    differences,
    ({ cell, counted, day, recounted, tally }, index) => {
      const named = cellNamed(cell)
      return settings.count({
        key: funnelKey({ day, id: tally.id, shard: 0, group: named.group }),
        about: tally.origin,
        cell: named.cell,
        by: recounted - counted,
        id: `${mended}${id} ${index}`,
        forget: [...tally.ids.keys()].filter((known) => known.startsWith(mended)).slice(0, 20),
      })
    },
    { discard: true },
  )
})

/** The ids under which a counter is mended, which are no event's. */
const mended = "repair "
