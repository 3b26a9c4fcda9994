import type { MessageAttributeValue } from "@aws-sdk/client-sqs"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import * as Duration from "effect/Duration"
import * as Record from "effect/Record"

/** An update as SQS takes it. The other way is `SqsRecord`. */
export const messageOf = ({ attributes, body, group }: QueuedUpdate, delay?: Duration.Duration) => ({
  MessageBody: body,
  MessageGroupId: group,
  MessageAttributes: Record.map<string, string | number, MessageAttributeValue>(attributes, attribute),
  ...(delay !== undefined && { DelaySeconds: Math.ceil(Duration.toSeconds(delay)) }),
})

const attribute = (value: string | number): MessageAttributeValue => ({
  DataType: "String",
  StringValue: String(value),
})
