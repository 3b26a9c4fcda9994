import type { Settings } from "@concierge/core/services/Settings.ts"
import { Iso } from "@concierge/core/Time.ts"
import type { Vitest } from "@effect/vitest"
import type { Stored } from "../Stored.ts"

export type It = Vitest.MethodsNonLive<Settings | Stored>

export const now = Iso.make("2026-03-04T05:06:07.000Z")
export const later = Iso.make("2026-03-04T05:07:00.000Z")

let keys = 0

/** A key that no other test uses. */
export const newKey = (): string => `key ${keys++}`
