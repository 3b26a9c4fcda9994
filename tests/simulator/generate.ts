import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Flow } from "@concierge/core/onboarding/Flow.ts"
import { stepOf } from "../fixtures/concierge.ts"
import { Dice } from "./chance.ts"
import { generateBrand, isGenerated } from "./generateBrand.ts"
import { changesOf, payloadsOf } from "./placements.ts"
import type { Block, Request, Schedule } from "./Schedule.ts"
import * as updates from "./updates.ts"

/** They share a shard of the counters, and speak both languages. */
const people = [5_000_000_000, 5_000_000_032, 5_000_000_064] as const

type Deed = (doing: updates.Doing, dice: Dice) => Request

/** What leads on in the default brand's flow; the greeting's button comes most often. */
const ofDefault: ReadonlyArray<readonly [Deed, number]> = [
  [(doing) => updates.tap(doing, stepOf("voice").data), 22],
  [(doing) => updates.tap(doing, stepOf("video").data), 12],
  [(doing) => updates.tap(doing, stepOf("finish").data), 16],
]

/** Any other flow's buttons: as many taps that lead on as answers. */
const ofFlow = ({ steps }: Flow): ReadonlyArray<readonly [Deed, number]> => {
  const answers = steps.flatMap((step) =>
    step.kind === "question" ? step.choices.map(({ id }) => `answer:${step.id}:${id}`) : [],
  )
  return [
    ...steps.map(({ data }) => [(doing: updates.Doing) => updates.tap(doing, data), 35 / steps.length] as const),
    ...answers.map((data) => [(doing: updates.Doing) => updates.tap(doing, data), 40 / answers.length] as const),
  ]
}

const deedsOf = (seed: number, { flow }: BrandValue): ReadonlyArray<readonly [Deed, number]> => {
  const payload = payloadsOf(seed)
  return [
    [(doing, dice) => updates.start(doing, payload(dice)), 26],
    ...(isGenerated(seed) ? ofFlow(flow) : ofDefault),
    ...always,
  ]
}

/** Whatever the flow. */
const always: ReadonlyArray<readonly [Deed, number]> = [
  [(doing) => updates.text(doing, "/restart", "restart"), 7],
  [(doing) => updates.tap(doing, "restart"), 3],
  [(doing) => updates.text(doing, "hello", "text"), 5],
  [(doing) => updates.text(doing, `/menu@${updates.botUsername}`, "menu"), 3],
  [(doing) => updates.tap(doing, "language:es"), 2],
  [(doing) => updates.edited(doing), 1],
  [(doing) => updates.forget(doing), 3],
  [(doing) => updates.groupStart(doing), 3],
  [(doing) => updates.unused(doing), 1],
  [(doing) => updates.unreadable(doing), 1],
]

/** What people do while they have blocked the bot: an old button can still be pressed. */
const isTap = ({ about }: Request): boolean => about.date === undefined

/** Some people doing what people do, much of it at once. */
export const generate = (seed: number): Schedule => {
  const dice = new Dice("schedule", seed)
  const brand = generateBrand(seed)
  const deeds = deedsOf(seed, brand)
  const isLong = dice.is(isGenerated(seed) ? 0.5 : 0.12)
  const count = isLong ? 15 + dice.below(6) : 5 + dice.below(6)
  const first = dice.is(0.5) ? 0.85 : 0.5
  const requests: Array<Request> = []
  let now = 0
  const doing = (chatId: number, done: number, wire: number): updates.Doing => ({
    updateId: 700 + requests.length,
    chatId,
    done,
    at: done + wire,
  })
  for (let index = 0; index < count; index++) {
    const pause = dice.next()
    now +=
      pause < 0.6 ? dice.between(0, 1_500) : pause < 0.85 ? dice.between(1_000, 30_000) : dice.between(30_000, 400_000)
    const chatId = dice.is(isLong ? 0.97 : first) ? people[0] : dice.of(people)
    const deed: Deed = index === 0 && dice.is(0.5) ? (doing) => updates.start(doing) : dice.weighed(deeds)
    requests.push(deed(doing(chatId, now, dice.between(10, 400)), dice))
  }
  const blocks = blocksOf(dice, now)
  const possible = requests.filter((request) => !blocks.some((block) => isWithin(request, block)) || isTap(request))
  for (const { chatId, from, to } of blocks) {
    const tell = (request: (doing: updates.Doing) => Request, done: number, probability: number) => {
      if (!dice.is(probability)) return
      const made = request({ ...doing(chatId, done, dice.between(10, 2_000)), updateId: 800 + possible.length })
      possible.push(made)
    }
    tell((doing) => updates.membership(doing, "kicked"), from, 0.8)
    if (to === Number.POSITIVE_INFINITY) continue
    tell((doing) => updates.membership(doing, "member"), to, 0.8)
    tell((doing) => updates.start(doing), to + dice.between(0, 3_000), 0.7)
  }
  return {
    brand,
    requests: [...possible, ...repeated(dice, possible)],
    blocks,
    links: changesOf(seed, now),
    workers: dice.of([1, 2, 3, 10]),
    duplicates: dice.of([0, 0.05, 0.2]),
    skew: 2_500,
    isCounterFull: dice.is(0.04),
  }
}

const isWithin = ({ about, at }: Request, { chatId, from, to }: Block): boolean =>
  about.chatId === chatId && at >= from && at - 400 < to

const blocksOf = (dice: Dice, end: number): ReadonlyArray<Block> =>
  people.flatMap((chatId) => {
    if (!dice.is(0.2)) return []
    const from = dice.between(0, end + 5_000)
    return [{ chatId, from, to: dice.is(0.2) ? Number.POSITIVE_INFINITY : from + dice.between(500, 100_000) }]
  })

/** Telegram delivers again what was answered too late. */
const repeated = (dice: Dice, requests: ReadonlyArray<Request>): ReadonlyArray<Request> =>
  requests.flatMap((request) => (dice.is(0.1) ? [{ ...request, at: request.at + dice.between(500, 60_000) }] : []))
