import type { Facts } from "./Facts.ts"

/** What every line of a function's says beside the facts of an update. */
const ofEveryLine = {
  timestamp: "when, ISO 8601",
  level: "INFO once an update, WARN for a retry, ERROR where a person was not served",
  message: "what the line is about: `update` once a worked update, `request` once a request to the webhook",
  requestId: "Lambda's id of the invocation",
  functionVersion: "the released version that ran",
  coldStart: "whether the container had just started",
  status: "what the webhook answered",
} as const

/** The closed list of a log line's fields: the saved queries, `concierge trace` and their tests go by it. */
export const fields = {
  ...ofEveryLine,
  updateId: "Telegram's id of the update",
  correlationId: "the webhook's request, through every delayed copy",
  kind: "Telegram's kind of the update",
  userId: "telegram_<id>",
  action: "what the person did",
  step: "the brand's step that was to be sent",
  language: "the one they are spoken to in",
  link: "the stored link that sent them",
  campaign: "that link's campaign",
  outcome: "how it ended, or `put off`, or `failed`",
  reason: "why it was put off or failed",
  method: "Telegram's method of the message",
  result: "what came of the message",
  attempt: "delayed copies before this one",
  receives: "how often the queue handed it out",
  queuedMs: "from receipt to a worker",
  limitedMs: "of the waiting, what Telegram's limit imposed",
  startMs: "from Telegram's date of a /start to its video, without that",
  durationMs: "of this attempt",
  steps: "each call: name, begin, duration",
} as const satisfies Record<keyof Facts | keyof typeof ofEveryLine, string>

export type Field = keyof typeof fields
