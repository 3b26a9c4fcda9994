import * as Effect from "effect/Effect"
import { flagsOf, refuse, sentenceOf } from "../../bench/flags.ts"
import { everyKind } from "./everyKind.ts"
import { replay } from "./replay.ts"
import { type Found, updatesIn } from "./updatesIn.ts"

// `npm run replay -- <files and folders>`: whether updates, anybody's, end the same on both hosts.

const { positionals, values } = flagsOf(
  {
    allowPositionals: true,
    options: {
      /** Beside those of the files, one of every kind and of every field that one may have. */
      kinds: { type: "boolean", default: false },
    },
  },
  {},
)
if (positionals.length === 0 && !values.kinds)
  refuse("name files or folders with updates (JSON, or JSON lines), or --kinds for one of every kind and field")
const own = values.kinds
  ? everyKind(1).map((update, index) => ({ place: `kind ${index}`, json: JSON.stringify(update) }))
  : []
/** Or the end, where a file cannot be read. */
const found = (): ReadonlyArray<Found> => {
  try {
    return positionals.flatMap(updatesIn)
  } catch (error) {
    return refuse(sentenceOf(error))
  }
}
const updates = [...found(), ...own]
const { accepted, differences, ends } = await Effect.runPromise(replay(updates))
for (const [end, count] of [...ends].toSorted()) console.log(`${String(count).padStart(5)}  ${end}`)
for (const difference of differences) console.log(difference)
console.log(`${updates.length} updates: ${accepted} accepted, each with one outcome; ${differences.length} differences`)
process.exitCode = differences.length === 0 ? 0 : 1
