import type { WebhookResponse } from "../delivery/receive.ts"

/** What the log says of a request to the webhook, whichever host took it. */
export const aboutRequest = ({ queued, status }: WebhookResponse, correlationId: string) => {
  if (queued === undefined) return { correlationId, status, outcome: "refused" }
  const { group, kind, updateId } = queued
  const about = { correlationId, status, outcome: "accepted", updateId, kind }
  // A private chat has its person's id; those of several are negative.
  return Number(group) > 0 ? { ...about, userId: `telegram_${group}` } : about
}
