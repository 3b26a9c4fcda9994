import * as Schema from "effect/Schema"
import { Iso } from "../Time.ts"

export const Came = Schema.Literals(["good", "expired", "disabled", "unknown", "unlinked", "not understood"])
export type Came = typeof Came.Type

/** What the funnel counts of an update, beside the state that it led to and the run. Nothing of it is anybody's own. */
export const counting = {
  language: Schema.optionalKey(Schema.String),
  /** The run that it started. */
  started: Schema.optionalKey(Schema.Int),
  /** How long after the step before, as a bucket of `gaps`. */
  gap: Schema.optionalKey(Schema.Int),
  came: Schema.optionalKey(Came),
  /**
   * Where it is not the first touch: the stored link that somebody came by with this, or, with their first end, came by
   * last; `someCode` for any other.
   */
  last: Schema.optionalKey(Schema.String),
  /** What that link called its campaign then. Nothing of a code: it may be a stranger's words. */
  lastCampaign: Schema.optionalKey(Schema.String),
}

/** For `last`: no stored link. */
export const someCode = "-"

/** As an event keeps it, so that all counters can be made of events again. */
export const counted = {
  ...counting,
  /** The stored link of the first touch. */
  linkId: Schema.optionalKey(Schema.String),
  /** What sent them, by its id alone: a code may be somebody's words, and stands with the counter only. */
  origin: Schema.optionalKey(Schema.String),
  reached: Schema.optionalKey(Schema.String),
  run: Schema.optionalKey(Schema.Int),
  /** The moment whose day it counts for. */
  countedAt: Schema.optionalKey(Iso),
  flow: Schema.optionalKey(Schema.String),
}
const Counted = Schema.Struct(counted)
export type Counted = typeof Counted.Type

/** Upper ends in seconds of the buckets of time between two steps; the last one has none. */
export const gaps = [5, 15, 30, 60, 120, 300, 900, 3_600, 21_600, 86_400] as const

export const gapOf = (millis: number): number => {
  const index = gaps.findIndex((seconds) => millis < seconds * 1_000)
  return index < 0 ? gaps.length : index
}

export type Fact = Pick<Counted, keyof typeof counting | "reached" | "run">

export const isCounted = ({ came, reached, started }: Fact): boolean =>
  reached !== undefined || started !== undefined || came !== undefined

/**
 * One cell of the funnel: everything that a report tells apart, in one name. Cells of one language, state and later touch
 * make a group, which has a counter of its own: few cells stand in one item, however many links there are.
 */
export const cellOf = ({ came, gap, language = "", last, lastCampaign = "", reached = "", run, started }: Fact) => ({
  group: `${language}/${reached}${last === undefined ? "" : `|${trimmed([last, encodeURIComponent(lastCampaign)])}`}`,
  cell: trimmed([(started ?? run) === 1 ? 1 : "", started === undefined ? "" : "s", gap, came]),
})
export type CellName = ReturnType<typeof cellOf>

const trimmed = (parts: ReadonlyArray<string | number | undefined>): string => parts.join("/").replace(/\/+$/, "")

/** Both in one, as reports and repairs have them. */
export const nameOfCell = ({ cell, group }: CellName): string => {
  const [start = "", touch] = group.split("|")
  if (touch === undefined) return trimmed([start, cell])
  const [first, begun, gap, came] = cell.split("/")
  return trimmed([start, first, begun, gap, came, touch])
}

export const cellNamed = (name: string): CellName => {
  const [language = "", reached = "", first, start, gap, came, ...touch] = name.split("/")
  const group = `${language}/${reached}`
  return {
    group: touch.length === 0 ? group : `${group}|${touch.join("/")}`,
    cell: trimmed([first, start, gap, came]),
  }
}

export interface Cell {
  readonly language: string
  readonly reached: string | undefined
  readonly isFirstRun: boolean
  readonly isStart: boolean
  readonly gap: number | undefined
  readonly came: string | undefined
  readonly last: string | undefined
  readonly lastCampaign: string | undefined
}

export const ofCell = (cell: string): Cell => {
  const [language = "", reached, first, start, gap, came, last, campaign] = cell.split("/")
  return {
    language,
    reached: reached || undefined,
    isFirstRun: first === "1",
    isStart: start === "s",
    gap: gap ? Number(gap) : undefined,
    came: came || undefined,
    last: last || undefined,
    lastCampaign: campaign ? decodeURIComponent(campaign) : undefined,
  }
}
