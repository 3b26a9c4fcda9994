import { brand } from "@concierge/brands/concierge/brand.ts"
import { stepOf } from "../fixtures/concierge.ts"
import { Dice } from "./chance.ts"
import type { Request, Schedule } from "./Schedule.ts"
import * as updates from "./updates.ts"

/** Half-way when the others come. */
const early = 4
/** Milliseconds after which the rush begins, and by which it has come whole. */
const begins = 8_000
const lasts = 5_000

/** More people at once than Telegram lets be answered, and some half-way who tap on meanwhile. */
export const generateRush = (seed: number): Schedule => {
  const dice = new Dice("rush", seed)
  const perSecond = dice.of([3, 5, 8])
  const requests: Array<Request> = []
  const does = (person: number, done: number, deed: (doing: updates.Doing) => Request): void => {
    const chatId = 5_000_000_000 + person
    requests.push(deed({ updateId: 700 + requests.length, chatId, done, at: done + dice.between(10, 400) }))
  }
  for (let person = 0; person < early; person++) does(person, person * 1_500, updates.start)
  const people = 6 * perSecond + dice.below(10)
  for (let person = early; person < early + people; person++)
    does(person, begins + dice.between(0, lasts), updates.start)
  for (let person = 0; person < early; person++) {
    const first = begins + dice.between(1_000, 12_000)
    does(person, first, (doing) => updates.tap(doing, stepOf("voice").data))
    does(person, first + dice.between(2_000, 8_000), (doing) => updates.tap(doing, stepOf("finish").data))
  }
  return {
    brand,
    requests,
    blocks: [],
    links: [],
    workers: dice.of([1, 3, 5]),
    duplicates: dice.of([0, 0.05]),
    skew: 2_500,
    isCounterFull: false,
    rush: {
      limits: {
        perSecond,
        burst: dice.of([Math.ceil(perSecond / 2), perSecond]),
        chats: true,
        model: dice.of(["call", "bot"]),
        retryAfter: dice.of([2, 5, 5, 60]),
        refusalsCount: dice.is(0.3),
      },
      tapWorkers: dice.of([1, 2]),
    },
  }
}
