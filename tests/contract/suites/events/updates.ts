import { EventId, UserId } from "@concierge/core/ids.ts"
import type { Claim, Events } from "@concierge/core/services/Events.ts"
import { Iso } from "@concierge/core/Time.ts"
import type { Vitest } from "@effect/vitest"
import type { Stored } from "../Stored.ts"

export type It = Vitest.MethodsNonLive<Events | Stored>

export const now = Iso.make("2026-03-04T05:06:07.000Z")
export const later = Iso.make("2026-03-05T00:00:00.000Z")

let updates = 0

/** An update that no other test knows, with an id beyond 31 bits. */
export const update = (): EventId => EventId.make(`7:${2 ** 33 + updates++}`)

export const claimOf = (eventId: EventId, change: Partial<Claim> = {}): Claim => ({
  eventId,
  userId: UserId.make("telegram_5"),
  eventType: "start",
  payload: { message_id: 2 ** 40, text: "/start", from: { id: 5 } },
  timestamp: now,
  expiresAt: 1_800_000_000,
  ...change,
})

/** What is known of an update that nobody understands: the raw text and no person. */
export const rawClaimOf = (eventId: EventId): Claim => {
  const { userId: _, ...claim } = claimOf(eventId, { eventType: "message", payload: '{"update_id":' })
  return claim
}
