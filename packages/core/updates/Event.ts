import * as Schema from "effect/Schema"
import { counted } from "../attribution/Counted.ts"
import { EventId, UserId } from "../ids.ts"
import { Iso } from "../Time.ts"
import { Outcome } from "./Outcome.ts"

/** One update as it was worked: the audit trail, and what makes a repeat harmless however late it comes. */
export const Event = Schema.Struct({
  /** `<botId>:<update_id>`. */
  eventId: EventId,
  userId: Schema.optionalKey(UserId),
  /** What the person did (`start`, `play_audio`, …), or Telegram's kind where that is all we know. */
  eventType: Schema.String,
  /** The decoded fields; the raw JSON text only when parked. */
  payload: Schema.optionalKey(Schema.Union([Schema.Record(Schema.String, Schema.Json), Schema.String])),
  timestamp: Iso,
  processed: Schema.Boolean,
  outcome: Schema.optionalKey(Outcome),
  /** What was sent was less than planned, e.g. the text of a greeting for its voice. */
  degraded: Schema.optionalKey(Schema.Boolean),
  /** Earlier attempts whose message may have reached the person as well. */
  ambiguous: Schema.optionalKey(Schema.Int),
  ...counted,
  deliveries: Schema.Int,
  shape: Schema.optionalKey(Schema.Int),
  finishedAt: Schema.optionalKey(Iso),
  /** Epoch seconds. */
  expiresAt: Schema.Int,
})
export type Event = typeof Event.Type
