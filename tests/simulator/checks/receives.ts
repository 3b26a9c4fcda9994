import type { Check } from "./Evidence.ts"

/** No receive is spent on waiting: one that did not end well met a fault. */
export const wellSpent: Check = ({ history }) =>
  history.endings
    .filter(({ how, isExcused }) => how !== "acknowledged" && !isExcused)
    .map(({ how, update }) => `WASTED a receive of ${update.attributes.updateId}: ${how} without a fault`)
