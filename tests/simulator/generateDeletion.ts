import { brand } from "@concierge/brands/concierge/brand.ts"
import { Dice } from "./chance.ts"
import { changesOf, payloadsOf } from "./placements.ts"
import type { Request, Schedule } from "./Schedule.ts"
import * as updates from "./updates.ts"

const chatId = 5_000_000_000

/**
 * Somebody is deleted, perhaps comes back, is perhaps deleted again; and much of what they did comes a second time, before
 * the queue shows again what a dead worker had.
 */
export const generateDeletion = (seed: number): Schedule => {
  const dice = new Dice("deletion", seed)
  const [payload, chosen] = [payloadsOf(seed), new Dice("placements", seed)]
  const requests: Array<Request> = []
  let now = 0
  const then = (pause: number, request: (doing: updates.Doing) => Request): void => {
    now += dice.between(200, pause)
    requests.push(request({ updateId: 700 + requests.length, chatId, done: now, at: now + dice.between(10, 400) }))
  }
  const live = (most: number): void => {
    then(3_000, (doing) => updates.start(doing, payload(chosen)))
    for (let left = dice.below(most); left > 0; left--) then(dice.of([1_500, 30_000]), dice.of(deeds))
  }
  live(4)
  then(90_000, updates.forget)
  if (dice.is(0.7)) live(3)
  if (dice.is(0.3)) then(90_000, updates.forget)
  const again = requests.filter(() => dice.is(0.6))
  return {
    brand,
    requests: [...requests, ...again.map((request) => ({ ...request, at: request.at + dice.between(500, 290_000) }))],
    blocks: [],
    links: changesOf(seed, now),
    workers: dice.of([1, 2, 3, 10]),
    duplicates: dice.of([0, 0.05, 0.2]),
    skew: 2_500,
    isCounterFull: false,
  }
}

const deeds = [
  (doing: updates.Doing) => updates.tap(doing, "play_audio"),
  (doing: updates.Doing) => updates.text(doing, "hello", "text"),
  (doing: updates.Doing) => updates.text(doing, "/restart", "restart"),
  (doing: updates.Doing) => updates.edited(doing),
  (doing: updates.Doing) => updates.membership(doing, "member"),
  updates.forget,
]
