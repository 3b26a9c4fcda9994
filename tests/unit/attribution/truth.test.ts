import type { Link } from "@concierge/core/attribution/Link.ts"
import { recount, repair } from "@concierge/core/attribution/recount.ts"
import { type Report, reportOf } from "@concierge/core/attribution/report.ts"
import { readTallies } from "@concierge/core/attribution/Tally.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import * as Archive from "../../../packages/local/store/Archive.ts"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, nextBatch, receive } from "../../layers/drive.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"
import { Dice } from "../../simulator/chance.ts"
import { asked } from "../forgetting/asked.ts"

const linkIds = Array.from({ length: 8 }, (_, index) => `link${index}`.padEnd(16, "x"))
const people = 40

const campaigns = (report: Report) =>
  Object.fromEntries(
    report.rows.map(({ name, reached, starts }) => [
      name,
      [starts.people, ...report.steps.map(({ state }) => reached[state]?.people ?? 0), starts.runs],
    ]),
  )

describe("the funnel's report", () => {
  it.effect("is what really happened, cell by cell: crashes, duplicates, restarts and deletions included", () =>
    Effect.gen(function* () {
      const dice = new Dice("truth")
      const settings = yield* Settings
      const at = iso("2026-03-04T00:00:00.000Z")
      for (const [index, linkId] of linkIds.entries()) {
        const link: Link = { name: linkId, createdAt: at, utm: { campaign: `campaign ${index % 3}` } }
        yield* settings.put({ key: `link#${linkId}`, value: link })
      }
      const truth: Record<string, Array<number>> = {}
      const note = (campaign: string, cell: number) => {
        truth[campaign] ??= [0, 0, 0, 0, 0]
        truth[campaign][cell] = (truth[campaign][cell] ?? 0) + 1
      }
      /** One update, in a process that may die anywhere, and that Telegram may deliver twice. */
      const does = Effect.fnUntraced(function* (update: Effect.Effect<object>) {
        const made = yield* update
        yield* receive(made)
        if (dice.is(0.25)) yield* crashing(yield* nextBatch, dice.below(7), dice.is(0.5) ? "before" : "after")
        if (dice.is(0.2)) yield* receive(made)
        yield* drain
        yield* TestClock.adjust("1 minute")
      })
      const goes = Effect.fnUntraced(function* (person: Person, steps: number, first: (cell: number) => void) {
        const rest = [taps(person, "play_audio"), taps(person, "finish")]
        for (const [index, tap] of rest.slice(0, steps).entries()) {
          yield* does(tap)
          first(index + 2)
        }
      })
      for (let index = 0; index < people; index++) {
        const person = somebody()
        const link = dice.below(linkIds.length)
        const campaign = `campaign ${link % 3}`
        yield* does(says(person, `/start l_${linkIds[link]}-c${index}`))
        for (const cell of [0, 1, 4]) note(campaign, cell)
        yield* goes(person, dice.below(3), (cell) => note(campaign, cell))
        if (dice.is(0.2)) {
          yield* does(says(person, "/restart"))
          note(campaign, 4)
        }
        if (dice.is(0.1)) yield* does(taps(person, (yield* asked(person)).yes))
      }
      const { flow } = yield* Brand
      const counters = yield* readTallies()
      assert.deepStrictEqual(campaigns(reportOf(counters.values(), flow, "campaign")), truth)
      assert.deepStrictEqual((yield* recount("")).differences, [])

      const { sqlite } = yield* Tables
      sqlite.exec("DELETE FROM settings WHERE key IN (SELECT key FROM settings WHERE key LIKE 'funnel#%' LIMIT 3)")
      const { differences } = yield* recount("")
      assert.isNotEmpty(differences)
      yield* repair(differences, "now")
      assert.deepStrictEqual((yield* recount("")).differences, [])
    }).pipe(Effect.provide(Archive.layer), inMortalWorld),
  )
})
