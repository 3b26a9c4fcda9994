import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { refuse, wrong } from "../../bench/flags.ts"
import { inMortalWorld } from "../layers/crash.ts"
import { rush, unitsOf } from "./rush.ts"

// npm run writes -- [people]: what a person of the cost sheet costs in write units, on one day and one link.

const [many = "2000"] = process.argv.slice(2)
const bad = wrong("people", many, "a whole number above 0")
if (bad !== undefined) refuse(bad)
const people = Number(many)
for (const containers of [1, 4, 10]) {
  const seen = await Effect.runPromise(
    Effect.scoped(rush({ people, containers })).pipe(inMortalWorld, Effect.provide(TestClock.layer())),
  )
  const rows = Object.entries(unitsOf(seen, people)).map(([table, units]) => `${table} ${units.toFixed(1)}`)
  const largest = Math.max(...seen.filter(({ key }) => key.startsWith("funnel#")).map(({ bytes }) => bytes))
  console.log(`${people} people, ${containers} containers: ${rows.join(", ")}; the largest counter ${largest} bytes`)
}
