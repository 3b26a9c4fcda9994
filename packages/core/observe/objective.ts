// Plain numbers, for the stacks as well as the programs.

/** The objective: this share of all /starts has its video within so many milliseconds of Telegram's date. */
export const objective = { share: 0.99, within: 5_000 } as const

/**
 * How fast the part that may be late is used up: at a rate of 1 it lasts just as long as the objective counts, 30 days. Over an
 * hour at 14.4, a fiftieth of it is gone; over six hours at 6, a twentieth (the windows of Google's SRE workbook).
 */
export const burns = {
  fast: { hours: 1, rate: 14.4 },
  slow: { hours: 6, rate: 6 },
} as const

/** Fewer late ones than this say nothing: in a quiet hour one of three would be a third. */
export const fewestLate = 5

/** Per cent of the /starts of a window that are late when it burns at this rate. */
export const latePercent = (rate: number): number => Math.round(rate * (1 - objective.share) * 10_000) / 100
