import type { Ratios } from "./report.ts"

/** What is over its budget, or was not measured, one line each. */
export const check = (ratios: Ratios, budget: Ratios): ReadonlyArray<string> =>
  Object.entries(budget).flatMap(([name, limit]) => {
    const value = ratios[name]
    if (value === undefined || Number.isNaN(value)) return [`${name}: not measured`]
    return value <= limit ? [] : [`${name}: ${value.toFixed(2)}, and the budget is ${limit}`]
  })
