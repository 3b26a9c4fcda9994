import { writeSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import * as Schema from "effect/Schema"
import { start } from "../local/child.ts"
import { budget, Measured } from "./growth.ts"
import { rows } from "./rows.ts"
import { lineOf, troubleOf, worstOf } from "./verdict.ts"

/** Milliseconds for one row: it takes a fraction of a second, and half a minute if it is quadratic. */
const patience = 60_000

const decode = Schema.decodeUnknownSync(Measured)
const say = (text: string): void => void writeSync(1, `${text}\n`)

const child = start("../hostile/child.ts", {})

const measured = async (): Promise<Measured> => {
  const ended = new AbortController()
  try {
    const late = setTimeout(patience, undefined, ended).then(() => {
      throw new Error(`no end after ${patience / 1000} s`)
    })
    return decode(await Promise.race([child.ask(), late]))
  } finally {
    ended.abort()
  }
}

const all: Array<Measured> = []
let trouble: string | undefined
for (const { input, what } of rows) {
  try {
    const found = await measured()
    all.push(found)
    trouble = troubleOf(found)
  } catch (error) {
    trouble = `${what} of ${input}: ${error instanceof Error ? error.message : error}`
  }
  // With what is wrong in one place, every later row may take as long.
  if (trouble !== undefined) break
}
await child.stop()

const worst = worstOf(all)
say("milliseconds for so many bytes, and how many times as long a byte takes of the larger; of all inputs the worst")
for (const one of worst) say(lineOf(one))
const growth = Math.max(...worst.map(({ growth }) => growth))
say(`worst growth ${growth.toFixed(2)} of ${all.length} inputs; 1 is linear, 16 quadratic, over ${budget} fails`)
if (trouble !== undefined) {
  say(`FAILED: ${trouble}`)
  process.exitCode = 1
}
