import type { Campaign, Served } from "./campaign.ts"
import type { Options } from "./options.ts"
import type { Used } from "./run.ts"

export interface Figure {
  readonly name: string
  readonly what: string
  readonly value: number
  readonly unit: string
}

/** From when the rate counts, in seconds: a limit is found by then. */
const settled = 10

/** Steps after the first. */
const taps = [1, 2, 3] as const

/** Two people are out of order when the later one is served this much before the earlier, in seconds. */
const tolerance = 5

export const figuresOf = (campaign: Campaign, { limit, simulate }: Options, used: Used): ReadonlyArray<Figure> => {
  const { calls, served, texts, voices } = campaign
  const refused = calls.filter(({ taken }) => !taken).length
  const times = served.map(({ at }) => at)
  const last = Math.max(...times)
  const end = busyUntil(served, limit)
  const rate = times.filter((at) => at >= settled && at < end).length / (end - settled)
  const waits = (steps: ReadonlyArray<number>) =>
    served.filter(({ step }) => steps.includes(step)).map(({ asked, at }) => at - asked)
  return [
    figure("served", "messages", served.length, ""),
    figure("seconds", "until the last of them", last, "s"),
    figure("perSecond", `messages a second, from the ${settled}th second on while people wait`, rate, "/s"),
    ...(limit > 0 ? [figure("ofLimit", "of the limit", rate / limit, "×")] : []),
    figure("refused", "calls refused, to those taken", refused / served.length, "×"),
    ...percentiles("start", "wait for the first message", waits([0])),
    ...percentiles("tap", "wait for what a tap asks for", waits(taps)),
    ...taps
      .filter((step) => waits([step]).length > 0)
      .flatMap((step) => percentiles(`tap${step}`, `of these, for step ${step + 1} of the flow`, waits([step]))),
    figure("inverted", `pairs of newcomers out of order by more than ${tolerance} s`, inverted(served), "×"),
    // The simulation has no voice.
    ...(simulate ? [] : [figure("texts", "greetings that came as text", texts / (texts + voices), "×")]),
    figure("copies", "delayed copies a message", used.copies / served.length, "×"),
    figure("paceWrites", "writes for the pace a message", used.paceWrites / served.length, "×"),
    figure("perUpdate", "messages an update", served.length / used.updates, "×"),
  ]
}

/** Until then there is always somebody to be served: the rate cannot be lower for want of people. */
const busyUntil = (served: ReadonlyArray<Served>, limit: number): number => {
  const firsts = served.filter(({ step }) => step === 0).map(({ at }) => at)
  const lastFirst = Math.max(...firsts)
  return limit > 0 ? Math.max(lastFirst, settled + 1) : Math.max(...served.map(({ at }) => at))
}

const percentiles = (name: string, what: string, waits: ReadonlyArray<number>): ReadonlyArray<Figure> =>
  [50, 95, 99].map((percent) => figure(`${name}.p${percent}`, `${what}, p${percent}`, percentile(waits, percent), "s"))

const percentile = (values: ReadonlyArray<number>, percent: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length * percent) / 100)] ?? Number.NaN

/** Of pairs that came within three seconds, who was asked for first and served so much later. */
const inverted = (served: ReadonlyArray<Served>): number => {
  const firsts = served.filter(({ step }) => step === 0).toSorted((one, other) => one.asked - other.asked)
  let [pairs, wrong] = [0, 0]
  for (const [index, one] of firsts.entries()) {
    for (let next = index + 1; next < firsts.length; next++) {
      const other = firsts[next]
      if (other === undefined || other.asked - one.asked > 3) break
      pairs += 1
      if (one.at > other.at + tolerance) wrong += 1
    }
  }
  return wrong / Math.max(1, pairs)
}

const figure = (name: string, what: string, value: number, unit: string): Figure => ({ name, what, value, unit })
