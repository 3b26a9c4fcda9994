import type { Context } from "aws-lambda"
import type { Invocation, Outcome, Ready } from "./messages.ts"

// Runs in a process of its own: loads a bundle as Lambda does, and works one invocation after the other.
const [bundle = "", functionName = ""] = process.argv.slice(2)

const send = (message: Outcome | Ready) => process.send?.(message)

const contextOf = ({ deadline, id }: Invocation): Context => ({
  awsRequestId: id,
  callbackWaitsForEmptyEventLoop: true,
  functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${functionName}`,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: String(process.pid),
  memoryLimitInMB: "512",
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: () => {},
  fail: () => {},
  succeed: () => {},
})

const { handler } = await import(bundle)

process.on("message", async (invocation: Invocation) => {
  const { event, id } = invocation
  try {
    send({ id, result: (await handler(event, contextOf(invocation))) ?? null })
  } catch (error) {
    send({ id, error: String(error) })
  }
})
// The host is gone.
process.on("disconnect", () => process.exit(0))
send({ ready: true })
