import { parseArgs } from "node:util"
import { sentenceOf, wrongIn } from "../flags.ts"

export const usage = `npm run load -- [options]
  --rate N           requests a second (default 100)
  --seconds N        for so long (default 120)
  --burst N          then a burst of so many times the rate (default 20)
  --burst-seconds N  for so long (default 10)
  --json             the report as JSON
  --check            exit 1 as well when the memory's budget of bench/local/budget.json is missed
  --help`

export interface Options {
  readonly rate: number
  readonly seconds: number
  readonly burst: number
  readonly burstSeconds: number
  readonly json: boolean
  readonly check: boolean
  readonly help: boolean
}

const numbers = {
  rate: "a number above 0",
  seconds: "a number above 0",
  burst: "a number above 0",
  "burst-seconds": "a number above 0",
} as const

/** Undefined options have their default; a sentence says what is wrong with the others. */
export const optionsOf = (args: ReadonlyArray<string>): Options | string => {
  try {
    const { values } = parseArgs({
      args: glued(args),
      options: {
        rate: { type: "string", default: "100" },
        seconds: { type: "string", default: "120" },
        burst: { type: "string", default: "20" },
        "burst-seconds": { type: "string", default: "10" },
        json: { type: "boolean", default: false },
        check: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    })
    const { "burst-seconds": burstSeconds, burst, check, help, json, rate, seconds } = values
    const bad = wrongIn(values, numbers)
    if (bad !== undefined) return bad
    return {
      rate: Number(rate),
      seconds: Number(seconds),
      burst: Number(burst),
      burstSeconds: Number(burstSeconds),
      json,
      check,
      help,
    }
  } catch (error) {
    return sentenceOf(error)
  }
}

/** `--rate -5` is a bad number as well; parseArgs would take the -5 for an option. */
const glued = (args: ReadonlyArray<string>): Array<string> => {
  const all: Array<string> = []
  for (const arg of args) all.push(/^-\d/.test(arg) && all.length > 0 ? `${all.pop()}=${arg}` : arg)
  return all
}
