import type { Session } from "@concierge/core/onboarding/Session.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { states } from "../../../fixtures/concierge.ts"

export const day = (number: number): string => `2026-03-${String(number).padStart(2, "0")}T00:00:00.000Z`

let people = 0
/** Somebody whom no other test knows. */
export const somebody = (): string => `telegram_${2 ** 33 + people++}`

let runs = 0
export const sessionOf = (userId: string, change: Partial<Session> = {}): Session => ({
  sessionId: `session ${runs++}`,
  userId,
  chatId: -(2 ** 40),
  state: states.video,
  data: { run: 1 },
  createdAt: day(1),
  updatedAt: day(1),
  expiresAt: 1_800_000_000,
  shape: currentShape,
  ...change,
})
