import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { profileCalls } from "@concierge/core/brand/profile.ts"
import * as Effect from "effect/Effect"
import { StandIn } from "../telegram/StandIn.ts"

/** Tells the stand-in of the bot, as an operator tells Telegram. */
export const introduce = Effect.fnUntraced(function* (brand: BrandValue) {
  const telegram = yield* StandIn
  for (const { method, values } of profileCalls(brand)) yield* telegram.call(method, { values, uploads: new Map() })
})
