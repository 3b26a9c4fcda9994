import type { AnUpdate } from "./http.ts"

const text = (value: string | number) => ({ DataType: "String", StringValue: String(value) })

/** The same message for every peer: our own attributes and group. */
export const messageOf = (update: AnUpdate, body: string, requestId: string) => {
  const [kind = "unknown"] = Object.keys(update).filter((field) => field !== "update_id")
  const { message } = update as { readonly message?: { readonly chat?: { readonly id?: number } } }
  return {
    QueueUrl: process.env.QUEUE_URL ?? "",
    MessageBody: body,
    MessageGroupId: String(message?.chat?.id ?? "none"),
    MessageAttributes: {
      updateId: text(update.update_id),
      kind: text(kind),
      receivedAt: text(new Date().toISOString()),
      correlationId: text(requestId),
      attempt: text(0),
    },
  }
}
