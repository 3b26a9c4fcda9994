import type { Ratios } from "./report.ts"

/** Two digits, or three of what is a few hundredths. */
export const digitsOf = (value: number): string => value.toFixed(value < 0.1 ? 3 : 2)

/** What is over its budget, or was not measured, one line each. */
export const check = (ratios: Ratios, budget: Ratios): ReadonlyArray<string> =>
  Object.entries(budget).flatMap(([name, limit]) => {
    const value = ratios[name]
    if (value === undefined || Number.isNaN(value)) return [`${name}: not measured`]
    return value <= limit ? [] : [`${name}: ${digitsOf(value)}, and the budget is ${limit}`]
  })
