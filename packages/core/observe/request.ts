import type { WebhookResponse } from "../delivery/receive.ts"

/** What the log says of a request to the webhook, whichever host took it. */
export const aboutRequest = ({ queued, status }: WebhookResponse, correlationId: string) => {
  const about = { correlationId, status }
  if (queued === undefined) return { ...about, outcome: "refused" }
  const { group, kind, updateId } = queued
  // A private chat has its person's id; those of several are negative.
  const whose = Number(group) > 0 ? { userId: `telegram_${group}` } : {}
  return { ...about, outcome: "accepted", updateId, kind, ...whose }
}
