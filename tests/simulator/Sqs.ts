import { maxReceives, visibilitySeconds } from "@concierge/core/delivery/deployed.ts"
import { isOfTaps, type QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import type { Dice } from "./chance.ts"

export interface Queued {
  readonly id: string
  readonly update: QueuedUpdate
  receives: number
  visibleAt: number
}

const visibility = visibilitySeconds * 1000
const mostReceived = 10

/** Of the two that are deployed; undefined: taps and everything else come by one. */
export type Queue = "taps" | "others" | undefined

/** Standard queues: at least once, in no order or hardly any, dead letters after three receives. */
export class Sqs {
  private readonly duplicates: number
  private readonly among: number
  private readonly dice: Dice
  private readonly messages = new Map<string, Queued>()
  private dead: Array<QueuedUpdate> = []
  private count = 0

  /** What is received is one of so many that can be seen for longest. */
  constructor(dice: Dice, duplicates: number, among = Number.POSITIVE_INFINITY) {
    this.dice = dice
    this.duplicates = duplicates
    this.among = among
  }

  put(update: QueuedUpdate, visibleAt: number): void {
    this.count += 1
    this.messages.set(String(this.count), { id: String(this.count), update, receives: 0, visibleAt })
  }

  receive(now: number, queue: Queue): ReadonlyArray<Queued> {
    const visible = this.in(queue).filter((message) => message.visibleAt <= now)
    if (Number.isFinite(this.among)) visible.sort((one, other) => one.visibleAt - other.visibleAt)
    const batch: Array<Queued> = []
    const size = 1 + this.dice.below(mostReceived)
    while (visible.length > 0 && batch.length < size) {
      const [message] = visible.splice(this.dice.below(Math.min(this.among, visible.length)), 1)
      if (message === undefined) break
      if (message.receives >= maxReceives) {
        this.messages.delete(message.id)
        this.dead.push(message.update)
        continue
      }
      message.receives += 1
      const again = message.receives === 1 && this.dice.is(this.duplicates)
      message.visibleAt = now + (again ? this.dice.between(0, 3_000) : visibility)
      batch.push({ ...message })
    }
    return batch
  }

  acknowledge(ids: ReadonlyArray<string>): void {
    for (const id of ids) this.messages.delete(id)
  }

  nextVisible(queue: Queue): number | undefined {
    const messages = this.in(queue)
    return messages.length === 0 ? undefined : Math.min(...messages.map(({ visibleAt }) => visibleAt))
  }

  private in(queue: Queue): Array<Queued> {
    const all = [...this.messages.values()]
    return queue === undefined ? all : all.filter(({ update }) => isOfTaps(update.attributes) === (queue === "taps"))
  }

  get size(): number {
    return this.messages.size
  }

  get deadIds(): ReadonlySet<number> {
    return new Set(this.dead.map(({ attributes }) => attributes.updateId))
  }

  /** Takes everything out of the dead-letter queue. */
  bury(): ReadonlyArray<QueuedUpdate> {
    const dead = this.dead
    this.dead = []
    return dead
  }
}
