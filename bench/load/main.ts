import { writeSync } from "node:fs"
import { boundText, isMet, readBudget } from "../local/budget.ts"
import { optionsOf, usage } from "./options.ts"
import { jsonOf, textOf, troublesOf } from "./report.ts"
import { run } from "./run.ts"

const options = optionsOf(process.argv.slice(2))

const say = (text: string): void => void writeSync(1, `${text}\n`)
const note = (text: string): void => void writeSync(2, `${text}\n`)

/** What fetch says alone is "fetch failed". */
const sentenceOf = (error: unknown): string => {
  const { cause, message } = error instanceof Error ? error : new Error(String(error))
  return cause instanceof Error ? `${message} (${cause.message})` : message
}

const check = async (peakMb: number): Promise<void> => {
  const { "load.peakMb": bound = {} } = await readBudget()
  if (isMet(peakMb, bound)) return
  note(`The host's memory peaked at ${Math.round(peakMb)} MB: MISSED ${boundText(bound)}`)
  process.exitCode = 1
}

if (typeof options === "string") {
  note(`${options}. See npm run load -- --help`)
  process.exitCode = 2
} else if (options.help) {
  say(usage)
} else {
  try {
    const done = await run(options, note)
    say(options.json ? jsonOf(done) : textOf(done))
    if (troublesOf(done).length > 0) process.exitCode = 1
    if (options.check) await check(done.peakMb)
  } catch (error) {
    note(`The run broke off, so nothing is known of its updates: ${sentenceOf(error)}`)
    process.exitCode = 1
  }
}
