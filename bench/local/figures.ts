import { median } from "../median.ts"
import type { Backlog } from "./backlog.ts"
import type { Flat } from "./flatness.ts"
import type { AtRate } from "./rates.ts"
import type { Startup } from "./startup.ts"
import type { Webhook } from "./webhook.ts"

/** A figure that the budget may bound, and what it means to somebody who reads it for the first time. */
export interface Figure {
  readonly name: string
  readonly what: string
  readonly value: number
  readonly unit: string
}

export const ofWebhook = ({ floor, grouped, host, lost, ratio, tails, working }: Webhook): ReadonlyArray<Figure> => [
  figure("floor.perSecond", "bare floor: node:http and one SQLite insert a request", floor.perSecond, "/s"),
  figure("floor.grouped", "the floor, requests of one turn sharing a commit", grouped.perSecond, "/s"),
  figure("webhook.perSecond", "webhook, worker off", host.perSecond, "/s"),
  figure("webhook.toFloor", "webhook to bare floor, median of the rounds", ratio, "×"),
  figure("webhook.p99", "webhook, 99 of 100 answered within (the machine's moods and all)", host.p99, "ms"),
  figure("webhook.p99ToFloor", "the same to its bare floor's, median of the rounds", median(tails), "×"),
  figure("webhook.p99ToFloorLeast", "in the best round", tails[0] ?? Number.NaN, "×"),
  figure("webhook.p99ToFloorMost", "in the worst", tails.at(-1) ?? Number.NaN, "×"),
  figure("webhook.whileWorking", "webhook while the worker sends videos", working.perSecond, "/s"),
  figure("webhook.failed", "requests not answered with 200", host.failed + working.failed, ""),
  figure("webhook.lost", "rounds in which less was stored than answered with 200", lost, ""),
]

export const ofBacklog = ({ people, perSecond, wrong }: Backlog): ReadonlyArray<Figure> => [
  figure("backlog.perSecond", `video steps, a backlog of ${people} people worked off`, perSecond, "/s"),
  figure("backlog.wrong", "of them not applied, or videos too few or too many", wrong, ""),
]

export const ofPace = (ratios: ReadonlyArray<number>): ReadonlyArray<Figure> => [
  figure("pace.toNone", "work a processor second, with a pace to without, nobody refused", median(ratios), "×"),
  figure("pace.toNoneLeast", "in the worst round", Math.min(...ratios), "×"),
  figure("pace.toNoneMost", "in the best", Math.max(...ratios), "×"),
]

export const ofStartup = ({ idleMb, millis }: Startup): ReadonlyArray<Figure> => [
  figure("startup.millis", "npm start to the first 200 of /healthz", millis, "ms"),
  figure("startup.idleMb", "memory of the host 5 s later", idleMb, "MB"),
]

/** A few have too little to share a commit with, so flatness is told from a hundred to the deepest. */
export const ofFlatness = (flats: ReadonlyArray<Flat>): ReadonlyArray<Figure> => {
  const [from, to] = [flats.find(({ queued }) => queued === 100), flats.at(-1)]
  return [
    ...flats.flatMap(({ accept, queued, work }) => [
      figure(`accept.${queued}`, `take in one while ${queued} are queued, processor time`, accept, "ms"),
      figure(`work.${queued}`, `work one while ${queued} are queued, processor time`, work, "ms"),
    ]),
    figure("flat.accept", `take in: ${to?.queued} queued to ${from?.queued}`, quotient(to?.accept, from?.accept), "×"),
    figure("flat.work", `work: ${to?.queued} queued to ${from?.queued}`, quotient(to?.work, from?.work), "×"),
  ]
}

export const ofRates = (all: ReadonlyArray<AtRate>): ReadonlyArray<Figure> => [
  ...all.flatMap(({ floor, p95, peakMb, rate, ratios }) => [
    figure(`rates.${rate}.floor`, `${rate}/s: the floor, 95 of 100 answered within`, floor, "ms"),
    figure(`rates.${rate}.p95`, `${rate}/s: the host while it works`, p95, "ms"),
    figure(`rates.${rate}.least`, `${rate}/s: host to floor, the best round`, ratios[0] ?? Number.NaN, "×"),
    figure(`rates.${rate}.ratio`, `${rate}/s: host to floor, the median round`, median(ratios), "×"),
    figure(`rates.${rate}.most`, `${rate}/s: host to floor, the worst round`, ratios.at(-1) ?? Number.NaN, "×"),
    figure(`rates.${rate}.peakMb`, `${rate}/s: memory of the host, at most`, peakMb, "MB"),
  ]),
  figure("rates.p95ToFloor", "host to floor, the median round at the worst rate", worst(all, ratioOf), "×"),
  figure(
    "rates.peakMb",
    "memory of the host at the worst rate",
    worst(all, ({ peakMb }) => peakMb),
    "MB",
  ),
  figure(
    "rates.failed",
    "requests not answered with 200",
    all.reduce((sum, { failed }) => sum + failed, 0),
    "",
  ),
]

const ratioOf = ({ ratios }: AtRate): number => median(ratios)

const worst = (all: ReadonlyArray<AtRate>, of: (at: AtRate) => number): number => Math.max(...all.map(of))

const quotient = (to = Number.NaN, from = Number.NaN): number => to / from

const figure = (name: string, what: string, value: number, unit: string): Figure => ({ name, what, value, unit })
