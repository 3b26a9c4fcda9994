import type { IncomingMessage, ServerResponse } from "node:http"
import { itemOf } from "@concierge/aws/dynamo/attributes.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import { newUser } from "@concierge/core/onboarding/User.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { plus, toIso } from "@concierge/core/Time.ts"
import { updateEvents } from "@concierge/functions/build/events.ts"
import { standIn } from "@concierge/functions/build/standIn.ts"

const person = { id: 123456789, first_name: "Ada", is_bot: false, language_code: "en" }
const [had, next] = brand.flow.steps
if (had === undefined || next === undefined) throw new Error("the brand has no second step")
const now = toIso(Date.now())

/** Somebody who has had the first step of the flow. */
const user = {
  ...newUser({
    userId: userIdOf(person.id),
    telegramId: person.id,
    sessionId: sessionId("run"),
    now: plus(now, -60_000),
    lock: { token: "none", event: eventId("none"), until: now },
  }),
  state: had.state,
  state_progress: { [had.id]: { state: had.state, at: plus(now, -60_000), updateId: "1" } },
  version: 1,
  shape: currentShape,
}

/** The same stand-in as builds and benches have, but that `begin` finds this person. `onCommit` runs when their commit arrives. */
export const halfWay = (onCommit: () => void) => async (request: IncomingMessage, response: ServerResponse) => {
  if (request.headers["x-amz-target"] !== "DynamoDB_20120810.UpdateItem") return standIn(request, response)
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const {
    ConditionExpression = "",
    ExpressionAttributeValues: values,
    TableName,
  } = JSON.parse(String(Buffer.concat(chunks)))
  const isOfUsers = TableName === "users"
  if (isOfUsers && ConditionExpression.includes("#version")) onCommit()
  const Attributes = isOfUsers ? { ...itemOf(user), lock: values[":new_lock"] } : {}
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify({ Attributes }))
}

/** The tap that asks for the second step, as the worker is given it. */
export const tap = (updateId: number) => {
  const [record] = updateEvents.worker().Records
  const text = (stringValue: string) => ({ stringValue, dataType: "String" })
  const date = Math.floor(Date.now() / 1000) - 60
  const message = { message_id: 1, date, chat: { ...person, type: "private" }, text: "…" }
  const query = { id: "1", from: person, chat_instance: "1", data: next.data, message }
  return {
    Records: [
      {
        ...record,
        body: JSON.stringify({ update_id: updateId, callback_query: query }),
        messageAttributes: {
          ...record?.messageAttributes,
          updateId: text(String(updateId)),
          kind: text("callback_query"),
        },
      },
    ],
  }
}
