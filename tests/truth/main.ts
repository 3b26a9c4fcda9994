import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { refuse, wrong } from "../../bench/flags.ts"
import * as Archive from "../../packages/local/store/Archive.ts"
import { inMortalWorld } from "../layers/crash.ts"
import { truth } from "./run.ts"

// npm run truth -- [people] [links] [seed]: whether the report says what happened, cell by cell.

const [people = "10000", links = "40", seed = "truth"] = process.argv.slice(2)
const bad = wrong("people", people, "a whole number above 0") ?? wrong("links", links, "a whole number above 0")
if (bad !== undefined) refuse(bad)
const started = performance.now()
const program = truth({ people: Number(people), links: Number(links), seed }).pipe(Effect.provide(Archive.layer))
const { cells, crashes, differences, repeats, updates } = await Effect.runPromise(
  Effect.scoped(program).pipe(inMortalWorld, Effect.provide(TestClock.layer())),
)
for (const difference of differences.slice(0, 40)) console.log(difference)
console.log(
  `${people} people by ${links} links in ${((performance.now() - started) / 1_000).toFixed(1)} s: ${updates} updates, ` +
    `${crashes} crashes, ${repeats} repeats; ${cells} cells, ${differences.length} differ`,
)
process.exitCode = differences.length === 0 ? 0 : 1
