import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Archive } from "../services/Archive.ts"
import { counterOf } from "../services/Counter.ts"
import type { Fields } from "../stored/shape.ts"
import { Origin } from "./Origin.ts"

/** The keys of the funnel's counters begin so, a day (`2026-03-04`) after it. */
export const funnelKeys = "funnel#"

/** A day's count of one origin, over all shards. */
export interface Tally {
  readonly day: string
  /** The origin's id. */
  readonly id: string
  readonly origin: Origin
  readonly cells: Map<string, number>
  /** Counted events whose outcome was not there yet, or whose worker left it to others to let go of them. */
  readonly ids: Map<string, string>
}

const decodeOrigin = Schema.decodeUnknownOption(Origin)

/** All counters of the days from the first to the last. */
export const readTallies = Effect.fn("readTallies")(function* (from = "", to = "9999-99-99") {
  const archive = yield* Archive
  const tallies = new Map<string, Tally>()
  yield* Stream.runForEach(archive.settings(funnelKeys), ({ fields, key }) =>
    Effect.gen(function* () {
      const [, day = "", id = ""] = key.split("#")
      if (day < from || day > to) return
      const { about, cells, ids } = yield* counterOf(isOld(fields) ? ofOld(fields) : fields)
      const tally = tallyOf(tallies, day, isOld(fields) ? "-" : id, about)
      for (const [cell, count] of cells) tally.cells.set(cell, (tally.cells.get(cell) ?? 0) + count)
      for (const [event, cell] of ids) tally.ids.set(event, cell)
    }),
  )
  return tallies
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
