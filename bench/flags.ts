import { writeSync } from "node:fs"
import { type ParseArgsConfig, parseArgs } from "node:util"

/** What a number may be, in the words that whoever got it wrong is told. */
const kinds = {
  "a whole number above 0": (value: number) => Number.isSafeInteger(value) && value > 0,
  "a number above 0": (value: number) => Number.isFinite(value) && value > 0,
  "0 or a number above": (value: number) => Number.isFinite(value) && value >= 0,
  "a number from 0 to 1": (value: number) => value >= 0 && value <= 1,
} as const
export type Kind = keyof typeof kinds

/** A sentence says what is wrong with it; undefined: nothing. */
export const wrong = (name: string, text: string, kind: Kind): string | undefined =>
  text.trim() !== "" && kinds[kind](Number(text)) ? undefined : `${name} must be ${kind}, not "${text}"`

/** The first of these flags that is wrong, of those that are given. */
export const wrongIn = (values: object, numbers: Readonly<Record<string, Kind>>): string | undefined => {
  for (const [flag, kind] of Object.entries(numbers)) {
    const value = Reflect.get(values, flag)
    const found = value === undefined ? undefined : wrong(`--${flag}`, String(value), kind)
    if (found !== undefined) return found
  }
  return undefined
}

/** In one line. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message.replaceAll("\n", " ") : String(error)

/** Ends a script that was asked for something that it cannot do. */
export const refuse = (sentence: string): never => {
  writeSync(2, `${sentence}\n`)
  process.exit(2)
}

/** The flags of a script, or its end where one of them is wrong. */
export const flagsOf = <T extends ParseArgsConfig>(config: T, numbers: Readonly<Record<string, Kind>>) => {
  try {
    const parsed = parseArgs(config)
    const found = wrongIn(parsed.values, numbers)
    return found === undefined ? parsed : refuse(found)
  } catch (error) {
    return refuse(sentenceOf(error))
  }
}
