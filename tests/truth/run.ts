import type { Link } from "@concierge/core/attribution/Link.ts"
import { recount } from "@concierge/core/attribution/recount.ts"
import { dimensions, reportOf } from "@concierge/core/attribution/report.ts"
import { readTallies } from "@concierge/core/attribution/Tally.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import { startContainers } from "../layers/containers.ts"
import { receive } from "../layers/drive.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { says, somebody, taps } from "../layers/updates.ts"
import { Dice } from "../simulator/chance.ts"
import { cellsOf, Expected } from "./Expected.ts"
import { type Deed, lifeOf, type Placement } from "./Life.ts"
import { Walker } from "./Walker.ts"

const day = 86_400_000

/** A received update is hidden for ten minutes: within this it is received twice at the most. */
const patience = 15 * 60_000

export interface Options {
  readonly people: number
  readonly links: number
  readonly seed?: string
}

/** Links of a few campaigns, some of them over, and beside them what people type. */
const placementsOf = Effect.fnUntraced(function* (links: number) {
  const { put } = yield* Settings
  const at = iso("2026-03-01T00:00:00.000Z")
  const placements: Array<Placement> = [
    { payload: "ref_summer24", came: "unlinked", link: "ref_summer24", campaign: "", source: "" },
    { payload: "hello from my friend", came: "not understood", link: "", campaign: "", source: "" },
    { payload: "l_nobodysLink00000", came: "unknown", link: "l_nobodysLink00000", campaign: "", source: "" },
  ]
  for (let index = 0; index < links; index++) {
    const id = `link${index}`.padEnd(16, "x")
    const [campaign, source] = [`campaign ${index % 5}`, `source ${index % 3}`]
    const came = index % 10 === 8 ? "expired" : index % 10 === 9 ? "disabled" : "good"
    const link: Link = {
      name: id,
      createdAt: at,
      utm: { campaign, source },
      ...(came === "expired" && { expiresAt: at }),
      ...(came === "disabled" && { disabledAt: at }),
    }
    yield* put({ key: `link#${id}`, value: link })
    placements.push({ payload: `l_${id}-click${index}`, came, link: id, campaign, source })
  }
  return placements
})

/**
 * People live side by side, a deed a day each, on processes that die anywhere, with a queue that delivers twice. Gives the
 * cells in which the report, or a recount of the events, says something else than happened.
 */
export const truth = Effect.fnUntraced(function* ({ links, people, seed = "truth" }: Options) {
  const dice = new Dice(seed)
  const queue = yield* LocalQueue
  const telegram = yield* TelegramTest
  const placements = yield* placementsOf(links)
  const worker = yield* startContainers(5, dice)
  const expected = new Expected()
  const lives = Array.from({ length: people }, () => {
    const language = dice.is(0.3) ? "es" : "en"
    const person = somebody({ language_code: language })
    return { person, walker: new Walker(language), deeds: lifeOf(dice, placements) }
  })
  let [updates, crashes, repeats] = [0, 0, 0]

  /** Works all that is there. Ten at a time, some in a process that dies, some twice. */
  let morning = 0
  const drain = Effect.gen(function* () {
    for (let at = yield* queue.nextVisible(); at !== undefined; at = yield* queue.nextVisible()) {
      yield* TestClock.setTime(Math.max(at, yield* Clock.currentTimeMillis))
      // An update that is received a third time is worked: a fourth there is not, and a dead letter is no history of a person.
      if (at < morning + patience && dice.is(0.15)) {
        crashes += 1
        yield* worker.die(dice.below(40), dice.is(0.5) ? "before" : "after")
        continue
      }
      const records = yield* worker.work
      if (records.length > 0 && dice.is(0.1)) {
        repeats += records.length
        yield* worker.again(records)
      }
    }
    telegram.calls.length = 0
  })
  const madeOf = Effect.fnUntraced(function* (person: (typeof lives)[number]["person"], deed: Deed) {
    switch (deed._tag) {
      case "Start":
        return yield* says(person, `/start ${deed.by.payload}`)
      case "Tap":
        return yield* taps(person, deed.data)
      case "Restart":
        return yield* says(person, "/restart")
      case "Forget":
        return yield* taps(person, `forget:${Math.floor((yield* Clock.currentTimeMillis) / 1_000)}`)
    }
  })

  const first = yield* Clock.currentTimeMillis
  const longest = Math.max(...lives.map(({ deeds }) => deeds.length))
  for (let turn = 0; turn < longest; turn++) {
    morning = first + turn * day
    yield* TestClock.setTime(morning)
    const today = new Date(morning).toISOString().slice(0, 10)
    for (const { deeds, person, walker } of lives) {
      const deed = deeds[turn]
      if (deed === undefined) continue
      updates += 1
      yield* receive(yield* madeOf(person, deed))
      walker.did(deed, today, expected)
    }
    yield* drain
    if ((yield* Clock.currentTimeMillis) > morning + day / 2) throw new Error("a day was too short")
  }

  const { flow } = yield* Brand
  const counters = yield* readTallies()
  const differences = dimensions.flatMap((by) => {
    const cells = cellsOf(reportOf(counters.values(), flow, by))
    const known = new Map([...expected.cells].filter(([cell]) => cell.startsWith(`${by} `)))
    return [...new Set([...cells.keys(), ...known.keys()])].flatMap((cell) => {
      const [is, should] = [cells.get(cell) ?? 0, known.get(cell) ?? 0]
      return is === should ? [] : [`${cell}: ${is}, and ${should} happened`]
    })
  })
  const recounted = yield* recount("")
  return {
    updates,
    crashes,
    repeats,
    cells: expected.cells.size,
    differences: [
      ...differences,
      ...recounted.differences.map(({ cell, counted, recounted }) => `recount ${cell}: ${counted}, ${recounted}`),
    ],
  }
})
