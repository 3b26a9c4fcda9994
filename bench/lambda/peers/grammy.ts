import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import { Bot, webhookCallback } from "grammy"
import { messageOf } from "./message.ts"

// grammY's guide for AWS Lambda, with the bot's own data given as it advises, so that no cold start asks for it.
const sqs = new SQSClient({ maxAttempts: 3 })
const botInfo = {
  id: 4242,
  is_bot: true,
  first_name: "bench",
  username: "bench_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  can_manage_bots: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  supports_guest_queries: false,
  supports_join_request_queries: false,
} as const
const bot = new Bot(process.env.BOT_TOKEN ?? "", { botInfo })

bot.use(async ({ update }) => {
  const message = messageOf({ ...update }, JSON.stringify(update), "")
  await sqs.send(new SendMessageCommand(message), { abortSignal: AbortSignal.timeout(4_600) })
})

export const handler = webhookCallback(bot, "aws-lambda-async", { secretToken: process.env.WEBHOOK_SECRET ?? "" })
