import { parseArgs } from "node:util"
import * as Record from "effect/Record"
import { sentenceOf, wrongIn } from "../flags.ts"

export const usage = `npm run viral -- [options]
  --limit N     messages a second that Telegram takes (default 30); 0: as many as come
  --model M     call: a refusal concerns one call (default); bot: it silences the bot, longer for who goes on calling
  --people N    how many tap /start (default 1500); the whole campaign is 12000
  --rate N      /starts a second (default 100)
  --seconds N   end after so long, whoever still waits (default 0: when everybody is served)
  --names N     share of people with a name that nobody had before (default 0.25); the voice takes 8 a second, as Polly does
  --pause A-B   seconds between a message and the next tap (default 5-60)
  --aws         the functions as they are deployed, ten workers on the emulators
  --simulate    the pace alone, in virtual time: ten containers with --aws, one without; seconds instead of minutes
  --skew N      seconds by which every other simulated container's clock is ahead (default 0)
  --deaths N    seconds between two deaths of a simulated container (default 0: none dies)
  --stalls N    seconds between two moments at which a simulated container stands still for one to three (default 0)
  --seed N      chance of a simulated campaign (default 1)
  --chart FILE  people served against time, as SVG
  --json        the figures as JSON
  --check       exit 1 when a budget of bench/viral/budget.json is missed`

export interface Options {
  readonly limit: number
  readonly model: "call" | "bot"
  readonly people: number
  readonly rate: number
  readonly seconds: number
  readonly names: number
  readonly pause: readonly [number, number]
  readonly aws: boolean
  readonly simulate: boolean
  readonly skew: number
  readonly deaths: number
  readonly stalls: number
  readonly seed: number
  readonly chart: string | undefined
  readonly json: boolean
  readonly check: boolean
  readonly help: boolean
}

const numbers = {
  limit: "0 or a number above",
  people: "a whole number above 0",
  rate: "a number above 0",
  seconds: "0 or a number above",
  names: "a number from 0 to 1",
  skew: "0 or a number above",
  deaths: "0 or a number above",
  stalls: "0 or a number above",
  seed: "a whole number above 0",
} as const

/** A sentence says what is wrong. */
export const optionsOf = (args: ReadonlyArray<string>): Options | string => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        limit: { type: "string", default: "30" },
        model: { type: "string", default: "call" },
        people: { type: "string", default: "1500" },
        rate: { type: "string", default: "100" },
        seconds: { type: "string", default: "0" },
        names: { type: "string", default: "0.25" },
        pause: { type: "string", default: "5-60" },
        aws: { type: "boolean", default: false },
        simulate: { type: "boolean", default: false },
        skew: { type: "string", default: "0" },
        deaths: { type: "string", default: "0" },
        stalls: { type: "string", default: "0" },
        seed: { type: "string", default: "1" },
        chart: { type: "string" },
        json: { type: "boolean", default: false },
        check: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    })
    const { aws, chart, check, help, json, model, pause, simulate, ...numeric } = values
    const bad = wrongIn(numeric, numbers)
    if (bad !== undefined) return bad
    if (model !== "call" && model !== "bot") return `--model must be call or bot, not "${model}"`
    const [from = Number.NaN, to = Number.NaN] = /^[\d.]+-[\d.]+$/.test(pause) ? pause.split("-").map(Number) : []
    if (!(from <= to)) return `--pause must be like 5-60, not "${pause}"`
    return { ...Record.map(numeric, Number), aws, chart, check, help, json, model, pause: [from, to], simulate }
  } catch (error) {
    return sentenceOf(error)
  }
}
