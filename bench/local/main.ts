import { writeSync } from "node:fs"
import { availableParallelism } from "node:os"
import { flagsOf, refuse } from "../flags.ts"
import { backlog, unpacedToPaced } from "./backlog.ts"
import { boundText, isMet, readBudget } from "./budget.ts"
import { type Figure, ofBacklog, ofFlatness, ofPace, ofRates, ofStartup, ofWebhook } from "./figures.ts"
import { flatness } from "./flatness.ts"
import { rates } from "./rates.ts"
import { startup } from "./startup.ts"
import { webhook } from "./webhook.ts"

const allRates = [50, 100, 200, 300, 450, 700, 1_000, 1_500, 2_000]

const usage = `npm run bench:local -- [options]
  --rounds N   how often each thing is measured (default 5); figures are medians
  --only WHAT  webhook, backlog, pace, startup or flatness
  --rates LIST nothing but how soon the host answers while it works, beside the floor, at these rates: "all" for
               ${allRates.join(", ")} a second, or some such as 300,450
  --deep       flatness with 100,000 queued as well
  --json       figures as JSON
  --check      exit 1 when a budget of bench/local/budget.json is missed`

const { values } = flagsOf(
  {
    options: {
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
      rates: { type: "string" },
      deep: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  },
  { rounds: "a whole number above 0" },
)

type Sections = Readonly<Record<string, (rounds: number) => Promise<ReadonlyArray<Figure>>>>

const asked = values.rates === "all" ? allRates : (values.rates ?? "").split(",").map(Number)

const always: Sections = {
  startup: async (rounds) => ofStartup(await startup(Math.min(rounds, 3))),
  webhook: async (rounds) => ofWebhook(await webhook(rounds, 2)),
  backlog: async (rounds) => ofBacklog(await backlog(Math.min(rounds, 3), 3_000)),
  pace: async (rounds) => ofPace(await unpacedToPaced(rounds, 3_000)),
  flatness: async () => ofFlatness(await flatness([1, 10, 100, 1_000, 10_000, ...(values.deep ? [100_000] : [])])),
}

const sections: Sections =
  values.rates === undefined ? always : { rates: async (rounds) => ofRates(await rates(asked, rounds)) }

const say = (text: string) => writeSync(1, `${text}\n`)

const bench = async (): Promise<boolean> => {
  const budget = await readBudget()
  const figures: Array<Figure> = []
  let isGood = true
  for (const [name, section] of Object.entries(sections)) {
    if (values.rates === undefined && values.only !== undefined && values.only !== name) continue
    const found = await section(Number(values.rounds))
    figures.push(...found)
    for (const { name, unit, value, what } of found) {
      const bound = budget[name]
      const good = bound === undefined || isMet(value, bound)
      isGood &&= good
      if (values.json) continue
      const verdict = bound === undefined ? "" : `${good ? "ok    " : "MISSED"} ${boundText(bound)}`
      say(`${what.padEnd(64)}${digits(value).padStart(10)} ${unit.padEnd(4)}${verdict}`)
    }
  }
  if (values.json) {
    const machine = {
      node: process.version,
      cores: availableParallelism(),
      platform: `${process.platform} ${process.arch}`,
    }
    say(JSON.stringify({ machine, isGood, figures }, undefined, 2))
  }
  return isGood
}

const digits = (value: number): string => value.toFixed(value >= 100 || Number.isInteger(value) ? 0 : 2)

const { only, rates: list } = values
if (only !== undefined && !Object.hasOwn(always, only)) {
  refuse(`--only must be one of ${Object.keys(always).join(", ")}, not "${only}"`)
}
if (list !== undefined && !asked.every((rate) => Number.isInteger(rate) && rate > 0)) {
  refuse(`--rates must be "all" or such as 300,450, not "${list}"`)
}

if (values.help) {
  say(usage)
} else {
  const isGood = await bench()
  if (values.check && !isGood) process.exitCode = 1
}
