import type { Message } from "@aws-sdk/client-sqs"
import type { SQSRecord } from "aws-lambda"
import { account, region } from "../sdk.ts"

/** A received message as the event source mapping hands it to a function. */
export const toRecord = (message: Message): SQSRecord => {
  const { Attributes = {}, Body = "", MD5OfBody = "", MessageAttributes = {}, MessageId = "" } = message
  const { ReceiptHandle = "" } = message
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ...Attributes,
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? "1",
      SentTimestamp: Attributes.SentTimestamp ?? "0",
      SenderId: Attributes.SenderId ?? account,
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? "0",
    },
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType = "String", StringValue = "" }]) => [
        name,
        { stringValue: StringValue, stringListValues: [], binaryListValues: [], dataType: DataType },
      ]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:${region}:${account}:UpdateQueue`,
    awsRegion: region,
  }
}
