import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import type { APIGatewayProxyEventV2, Context } from "aws-lambda"
import { Telegraf } from "telegraf"
import { answer, bodyOf, isTelegram } from "./http.ts"
import { messageOf } from "./message.ts"

// Telegraf's own way without an HTTP server: `handleUpdate`. Its data is given, so that no cold start asks for it.
const sqs = new SQSClient({ maxAttempts: 3 })
const bot = new Telegraf(process.env.BOT_TOKEN ?? "")
bot.botInfo = {
  id: 4242,
  is_bot: true,
  first_name: "bench",
  username: "bench_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
}

bot.use(async ({ update }) => {
  const message = messageOf({ ...update }, JSON.stringify(update), "")
  await sqs.send(new SendMessageCommand(message), { abortSignal: AbortSignal.timeout(4_600) })
})

export const handler = async (event: APIGatewayProxyEventV2, _: Context) => {
  if (event.requestContext.http.method !== "POST") return answer(405, { error: "Method Not Allowed" })
  if (!isTelegram(event)) return answer(401, { error: "Unauthorized" })
  await bot.handleUpdate(JSON.parse(bodyOf(event)))
  return answer(200, { ok: true })
}
