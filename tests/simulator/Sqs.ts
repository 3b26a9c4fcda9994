import { maxReceives, visibilitySeconds } from "@concierge/core/delivery/deployed.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import type { Dice } from "./chance.ts"

export interface Queued {
  readonly id: string
  readonly update: QueuedUpdate
  receives: number
  visibleAt: number
}

const visibility = visibilitySeconds * 1000
const batchSize = 10

/** A standard queue: at least once, in no order, dead letters after three receives. */
export class Sqs {
  private readonly duplicates: number
  private readonly dice: Dice
  private readonly messages = new Map<string, Queued>()
  private dead: Array<QueuedUpdate> = []
  private count = 0

  constructor(dice: Dice, duplicates: number) {
    this.dice = dice
    this.duplicates = duplicates
  }

  put(update: QueuedUpdate, visibleAt: number): void {
    this.count += 1
    this.messages.set(String(this.count), { id: String(this.count), update, receives: 0, visibleAt })
  }

  receive(now: number): ReadonlyArray<Queued> {
    const visible = [...this.messages.values()].filter((message) => message.visibleAt <= now)
    const batch: Array<Queued> = []
    const size = 1 + this.dice.below(batchSize)
    while (visible.length > 0 && batch.length < size) {
      const [message] = visible.splice(this.dice.below(visible.length), 1)
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

  nextVisible(): number | undefined {
    return this.messages.size === 0
      ? undefined
      : Math.min(...[...this.messages.values()].map(({ visibleAt }) => visibleAt))
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
