import { SessionId, type UserId, userIdOf } from "@concierge/core/ids.ts"
import type { Session } from "@concierge/core/onboarding/Session.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import { states } from "../../../fixtures/concierge.ts"

export const day = (number: number): Iso => Iso.make(`2026-03-${String(number).padStart(2, "0")}T00:00:00.000Z`)

let people = 0
/** Somebody whom no other test knows. */
export const somebody = (): UserId => userIdOf(2 ** 33 + people++)

let runs = 0
export const sessionOf = (userId: UserId, change: Partial<Session> = {}): Session => ({
  sessionId: SessionId.make(`session ${runs++}`),
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
