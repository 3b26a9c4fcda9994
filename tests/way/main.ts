import { createServer } from "node:http"
import { type Profiler, Session } from "node:inspector"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import { sdkEnvironment } from "../../packages/local/aws/sdk.ts"
import { context } from "../fixtures/aws/context.ts"
import { halfWay, tap } from "./halfWay.ts"
import { type Ran, studied } from "./studied.ts"

// npm run way: which of our files run a function, and how often, while a warm worker takes a tap as far as its commit.
// With --json all that ran, for the test.

const root = fileURLToPath(new URL("../..", import.meta.url))
const session = new Session()
session.connect()

/** V8 counts exactly and answers at once, so that what ran is known at the very moment of the commit. */
const taken = (): Ran => {
  let result: ReadonlyArray<Profiler.ScriptCoverage> = []
  session.post("Profiler.takePreciseCoverage", (error, counted) => {
    if (error !== null) throw error
    result = counted.result
  })
  const ours = result.filter(({ url }) => url.startsWith("file:") && /\/(packages|brands)\//.test(url))
  const files = ours.map(({ functions, url }) => {
    const ran = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
    return [relative(root, fileURLToPath(url)), ran] as const
  })
  return Object.fromEntries(
    files
      .filter(([file, ran]) => ran.length > 0 && !/node_modules|\/build\//.test(file))
      .map(([file, ran]) => [
        file,
        Object.fromEntries(ran.map(({ functionName, ranges: [all] }) => [functionName, all?.count ?? 0])),
      ]),
  )
}

let [isCounted, atCommit]: [boolean, Ran] = [false, {}]
const server = createServer(
  halfWay(() => {
    if (isCounted) atCommit = taken()
  }),
)
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
const named = { UsersTable: "users", EventsTable: "events", SessionsTable: "sessions", SettingsTable: "settings" }
const links = {
  UpdateQueue: { url: `${origin}/updates` },
  TapQueue: { url: `${origin}/taps` },
  TelegramBotToken: { value: "1:token" },
  TombstoneKey: { value: "key" },
  MediaBucket: { name: "media" },
  GreetingsBucket: { name: "greetings" },
  ...Object.fromEntries(Object.entries(named).map(([link, name]) => [link, { name }])),
}
Object.assign(process.env, sdkEnvironment({ SQS: origin, DYNAMODB: origin, S3: origin }), {
  STAGE: "way",
  TELEGRAM_API: origin,
  ...Object.fromEntries(Object.entries(links).map(([link, value]) => [`SST_RESOURCE_${link}`, JSON.stringify(value)])),
})

const { handler } = await import("@concierge/functions/worker.ts")
const work = async (updateId: number) => {
  const { batchItemFailures } = await handler(tap(updateId), context)
  if (batchItemFailures.length > 0) throw new Error("the tap was not worked")
}
// The worker's own lines are not asked for.
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = () => true
await work(1)
session.post("Profiler.enable")
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false })
isCounted = true
await work(2)
process.stdout.write = write
const { circle, ends, onTheWay } = await studied(atCommit)
if (process.argv.includes("--json")) console.log(JSON.stringify({ ran: atCommit, onTheWay, ends, circle }))
else {
  console.log(
    `${Object.keys(atCommit).length} of our files run a function before the commit. On the way, ${onTheWay.length}:`,
  )
  for (const file of onTheWay) console.log(`  ${file}`)
  console.log(`Asked by these, and handing nothing on, ${ends.length}:\n  ${ends.join(" ")}`)
}
process.exit(0)
