/**
 * Updates that the operator's smoke test makes up are numbered from here on. Telegram's ids are far below, and all safe
 * integers end at twice this.
 */
export const firstSmokeId = 2 ** 52

/** Whether the operator's tool made this update up. The worker works it as any other, and no figure counts it. */
export const isSmokeId = (updateId: number | string): boolean => Number(updateId) >= firstSmokeId
