import type { EventId } from "../ids.ts"

/**
 * Updates that the operator's smoke test makes up are numbered from here on. Telegram's ids are far below, and all safe
 * integers end at twice this.
 */
export const firstSmokeId = 2 ** 52

/** Whether the operator's tool made this update up. It is worked as any other, and no figure counts it. */
export const isSmoke = (event: EventId): boolean => Number(event.slice(event.indexOf(":") + 1)) >= firstSmokeId
