import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { deadline } from "@concierge/core/delivery/times.ts"
import { millisOf } from "@concierge/core/Time.ts"
import { updateEvents } from "./events.ts"
import { standIn } from "./standIn.ts"

// Run in a process of its own: loads a bundle, lets it work a first message, and writes down what V8 compiled for that.
const [name = "", folder = ""] = process.argv.slice(2)

const server = createServer(standIn)
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`

const links = {
  UpdateQueue: { url: `${origin}/000000000000/updates` },
  TapQueue: { url: `${origin}/000000000000/taps` },
  TelegramWebhookSecret: { value: "secret" },
  TelegramBotToken: { value: "1:token" },
  TombstoneKey: { value: "key" },
  ...Object.fromEntries(
    ["UsersTable", "EventsTable", "SessionsTable", "SettingsTable", "MediaBucket", "GreetingsBucket"].map((link) => [
      link,
      { name: link },
    ]),
  ),
}
Object.assign(process.env, {
  STAGE: "build",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "build",
  AWS_SECRET_ACCESS_KEY: "build",
  AWS_SESSION_TOKEN: "build",
  AWS_ENDPOINT_URL_SQS: origin,
  AWS_ENDPOINT_URL_DYNAMODB: origin,
  TELEGRAM_API: origin,
  // In a trace that X-Ray keeps, with nobody there to hear of it: as most first invocations are, and so compiled.
  AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:9",
  _X_AMZN_TRACE_ID: "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1",
  ...Object.fromEntries(Object.entries(links).map(([link, value]) => [`SST_RESOURCE_${link}`, JSON.stringify(value)])),
})

const { compiled, handler } = await import(`${folder}/index.mjs`)
const event = name === "webhook" ? updateEvents.webhook("secret") : updateEvents.worker()
const answer = await handler(event, { awsRequestId: "build", getRemainingTimeInMillis: () => millisOf(deadline) })
if ((answer.statusCode ?? 200) !== 200 || (answer.batchItemFailures ?? []).length > 0) {
  throw new Error(`the ${name} answered its warm-up with ${JSON.stringify(answer)}`)
}
writeFileSync(`${folder}/${compiled.cacheName}`, compiled.script.createCachedData())
process.exit(0)
