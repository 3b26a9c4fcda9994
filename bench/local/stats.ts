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

/** Asks until the answer is the one awaited; seldom enough not to disturb. */
export const until = async (port: number, isMet: (stats: Stats) => boolean, millis = 120_000): Promise<Stats> => {
  for (const end = Date.now() + millis; ; ) {
    const stats = await statsOf(port)
    if (isMet(stats)) return stats
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(stats)} after ${millis / 1000} s`)
    await setTimeout(20)
  }
}
