import { setTimeout } from "node:timers/promises"
import { type Stats, statsOf } from "../local/stats.ts"

/** Milliseconds for which the queue may be stuck before we give it up. */
const patience = 60_000

/** Counting is work for the host too. */
const every = 250

/** When the queue is empty, or will not become so: a long backlog may take its time as long as it gets shorter. */
export const drained = async (port: number): Promise<Stats> => {
  let shortest = Number.POSITIVE_INFINITY
  for (let since = Date.now(); ; ) {
    const stats = await statsOf(port)
    if (stats.queued < shortest) since = Date.now()
    shortest = Math.min(shortest, stats.queued)
    if (stats.queued === 0 || Date.now() - since > patience) return stats
    await setTimeout(every)
  }
}
