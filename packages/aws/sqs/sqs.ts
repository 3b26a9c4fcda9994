import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import { EarlyAgent } from "../sdk/EarlyAgent.ts"
import { quiet } from "../sdk/quiet.ts"

/** SQS's client with what is called of it, in a module of its own that the worker loads late. */
export const open = (httpsAgent = new EarlyAgent()) => ({
  client: quiet(new SQSClient({ maxAttempts: 1, requestHandler: { httpsAgent } })),
  SendMessageCommand,
})
