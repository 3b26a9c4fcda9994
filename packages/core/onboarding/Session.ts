import * as Schema from "effect/Schema"
import { SessionId, UserId } from "../ids.ts"
import { Iso } from "../Time.ts"

/** One run through the onboarding, written when it starts and when it ends. */
export const Session = Schema.Struct({
  sessionId: SessionId,
  userId: UserId,
  chatId: Schema.Int,
  state: Schema.String,
  data: Schema.Record(Schema.String, Schema.Json),
  createdAt: Iso,
  updatedAt: Iso,
  shape: Schema.optionalKey(Schema.Int),
  /** Epoch seconds. */
  expiresAt: Schema.Int,
})
export type Session = typeof Session.Type
