import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Archive, type StoredSetting } from "../services/Archive.ts"
import { counterOf } from "../services/Counter.ts"
import type { Fields } from "../stored/shape.ts"
import { type CellName, nameOfCell } from "./Counted.ts"
import { Origin } from "./Origin.ts"

/** The keys of the funnel's counters begin so, a day (`2026-03-04`) after it. */
export const funnelKeys = "funnel#"

export interface CounterKey {
  readonly day: string
  readonly id: string
  readonly shard: number
  readonly group: CellName["group"]
}

export const funnelKey = ({ day, group, id, shard }: CounterKey): string =>
  `${funnelKeys}${day}#${id}#${shard}#${group}`

/** A day's count of one origin, over all of its counters. */
export interface Tally {
  readonly day: string
  readonly id: string
  readonly origin: Origin
  readonly cells: Map<string, number>
  /** Counted events whose outcome was not there yet, or whose worker left it to others to let go of them. */
  readonly ids: Map<string, string>
}

const decodeOrigin = Schema.decodeUnknownOption(Origin)

export const readTallies = Effect.fn("readTallies")(function* (from = "", to = "9999-99-99") {
  const archive = yield* Archive
  const tallies = new Map<string, Tally>()
  yield* Stream.runForEach(archive.settings(funnelKeys), (stored) =>
    Effect.gen(function* () {
      const { about, cells, day, id, ids } = yield* countedIn(stored)
      if (day < from || day > to) return
      const tally = tallyOf(tallies, day, id, about)
      for (const [cell, count] of cells) tally.cells.set(cell, (tally.cells.get(cell) ?? 0) + count)
      for (const [event, cell] of ids) tally.ids.set(event, cell)
    }),
  )
  return tallies
})

/** A cell's whole name. Counters had no groups at first. */
export const cellIn = (key: string, cell: string): string => {
  const [, , , , group] = key.split("#")
  return group === undefined ? cell : nameOfCell({ group, cell })
}

/** A stored counter, its cells by their whole names. */
export const countedIn = Effect.fnUntraced(function* ({ fields, key }: StoredSetting) {
  const [, day = "", id = ""] = key.split("#")
  const { about, cells, ids } = yield* counterOf(isOld(fields) ? ofOld(fields) : fields)
  return {
    day,
    id: isOld(fields) ? "-" : id,
    about,
    cells: [...cells].map(([cell, count]) => [cellIn(key, cell), count] as const),
    ids: [...ids].map(([event, cell]) => [event, cellIn(key, cell)] as const),
  }
})

export const tallyOf = (tallies: Map<string, Tally>, day: string, id: string, about: unknown = {}): Tally => {
  const key = `${day}#${id}`
  const known = tallies.get(key)
  if (known !== undefined) return known
  const origin = decodeOrigin(about)
  const made = { day, id, origin: origin._tag === "Some" ? origin.value : {}, cells: new Map(), ids: new Map() }
  tallies.set(key, made)
  return made
}

/** Counters of the first shape told nothing apart but the states. */
const isOld = ({ counts }: Fields): boolean => typeof counts === "object"

const ofOld = ({ counts }: Fields): Fields =>
  Object.fromEntries(
    Object.entries({ ...(typeof counts === "object" ? counts : {}) }).map(([state, n]) => [`c:/${state}`, n]),
  )
