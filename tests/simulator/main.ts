import { flagsOf } from "../../bench/flags.ts"
import { headlineOf, reportOf } from "./report.ts"
import { planOf, rushOf, simulate } from "./simulate.ts"

// `npm run simulate`: schedules with faults, and whether the invariants hold whatever fails.

const { values } = flagsOf(
  {
    options: {
      /** So many schedules, by as many seeds. */
      seeds: { type: "string", default: "1000" },
      from: { type: "string", default: "1" },
      /** This one alone. */
      seed: { type: "string" },
      /** Those in which more people come than Telegram takes. */
      rush: { type: "boolean", default: false },
    },
  },
  { seeds: "a whole number above 0", from: "a whole number above 0", seed: "a whole number above 0" },
)
const from = Number(values.seed ?? values.from)
const seeds = values.seed === undefined ? Number(values.seeds) : 1

const started = performance.now()
const sum = { updates: 0, calls: 0, invocations: 0, faults: 0, sends: 0, failed: [] as Array<number> }
for (let seed = from; seed < from + seeds; seed++) {
  const plan = values.rush ? rushOf(seed) : planOf(seed)
  const run = await simulate(plan)
  const { history, violations } = run
  sum.updates += new Set(plan.schedule.requests.map(({ updateId }) => updateId)).size
  sum.calls += history.calls
  sum.invocations += history.invocations
  sum.faults += history.injected.size
  sum.sends += history.sends.length
  if (violations.length > 0) {
    sum.failed.push(seed)
    if (sum.failed.length <= 20) console.log(`\n${headlineOf(plan, run)}`)
    if (sum.failed.length <= 3) console.log(`\n${await reportOf(plan, run)}\n`)
  }
  if ((seed - from + 1) % 500 === 0)
    console.log(`${seed - from + 1} of ${seeds} schedules, ${sum.failed.length} failed`)
}
const seconds = (performance.now() - started) / 1000
console.log(
  `${seeds} schedules in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(0)}/s): ${sum.updates} updates, ` +
    `${sum.invocations} invocations, ${sum.calls} calls, ${sum.sends} sends, ${sum.faults} faults, ` +
    `${sum.failed.length} failed${sum.failed.length > 0 ? `: ${sum.failed.slice(0, 20).join(", ")}` : ""}`,
)
process.exitCode = sum.failed.length > 0 ? 1 : 0
