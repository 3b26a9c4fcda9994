import { setTimeout } from "node:timers/promises"

export interface Stats {
  readonly accepted: number
  readonly applied: number
  readonly ignored: number
  readonly parked: number
  readonly dead: number
  readonly queued: number
  readonly sent: number
}

export const statsOf = async (port: number): Promise<Stats> => {
  const response = await fetch(`http://127.0.0.1:${port}/sandbox/stats`)
  return (await response.json()) as Stats
}

const patience = 120_000

/** Asks until the answer is the one awaited. Counting is work for the host too, the more the more it has stored. */
export const until = async (port: number, isMet: (stats: Stats) => boolean, every = 20): Promise<Stats> => {
  for (const end = Date.now() + patience; ; ) {
    const stats = await statsOf(port)
    if (isMet(stats)) return stats
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(stats)} after ${patience / 1000} s`)
    await setTimeout(every)
  }
}
