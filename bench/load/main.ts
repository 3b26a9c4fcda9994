import { writeSync } from "node:fs"
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
  } catch (error) {
    note(`The run broke off, so nothing is known of its updates: ${sentenceOf(error)}`)
    process.exitCode = 1
  }
}
