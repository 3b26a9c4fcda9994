import { writeSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { type Budget, boundText, isMet } from "../local/budget.ts"
import { chartOf } from "./chart.ts"
import { figuresOf } from "./figures.ts"
import { type Options, optionsOf, usage } from "./options.ts"
import { run, unpaced } from "./run.ts"

const say = (text: string): void => void writeSync(1, `${text}\n`)
const note = (text: string): void => void writeSync(2, `${text}\n`)

const viral = async (options: Options): Promise<boolean> => {
  const budget: Budget = JSON.parse(await readFile(new URL("budget.json", import.meta.url), "utf8"))
  const { campaign, used } = await run(options, note)
  const figures = figuresOf(campaign, options, used)
  const { paceWrites: _, ...onOneMachine } = budget
  // One machine's writes are rows of its own file.
  const bounds = options.limit === 0 ? {} : options.aws ? budget : onOneMachine
  const lines = figures.map(({ name, unit, value, what }) => {
    const bound = bounds[name]
    const verdict = bound === undefined ? "" : `${isMet(value, bound) ? "ok    " : "MISSED"} ${boundText(bound)}`
    return `${what.padEnd(64)}${value.toFixed(value >= 100 ? 0 : 3).padStart(10)} ${unit.padEnd(4)}${verdict}`
  })
  const isGood = figures.every(({ name, value }) => isMet(value, bounds[name] ?? {}))
  if (options.chart !== undefined) {
    const last = Math.max(...campaign.served.map(({ at }) => at))
    await writeFile(options.chart, chartOf(campaign, unpaced(options, last), options))
  }
  const machine = {
    node: process.version,
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
  }
  say(options.json ? JSON.stringify({ machine, options, isGood, figures }, undefined, 2) : lines.join("\n"))
  return isGood
}

const options = optionsOf(process.argv.slice(2))
if (typeof options === "string") {
  note(`${options}. See npm run viral -- --help`)
  process.exitCode = 2
} else if (options.help) {
  say(usage)
} else {
  const isGood = await viral(options)
  if (options.check && !isGood) process.exitCode = 1
}
