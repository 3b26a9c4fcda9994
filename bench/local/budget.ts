import { readFile } from "node:fs/promises"

export interface Bound {
  readonly atLeast?: number
  readonly atMost?: number
}

export type Budget = Readonly<Record<string, Bound>>

export const readBudget = async (): Promise<Budget> =>
  JSON.parse(await readFile(new URL("budget.json", import.meta.url), "utf8"))

export const isMet = (value: number, { atLeast = -Infinity, atMost = Infinity }: Bound): boolean =>
  value >= atLeast && value <= atMost

export const boundText = ({ atLeast, atMost }: Bound): string =>
  atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
