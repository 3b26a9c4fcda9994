import { chmodSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { WebhookConfig } from "@concierge/core/config.ts"
import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import { heardBy, keepSteps } from "@concierge/core/observe/steps.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Tracer from "effect/Tracer"
import { webhookHandler } from "../../packages/functions/webhookHandler.ts"
import { withEnvironment } from "../../packages/local/aws/sdk.ts"
import { context } from "../fixtures/aws/context.ts"
import { httpEvent } from "../fixtures/aws/httpEvent.ts"
import { native } from "../layers/nativeTracer.ts"
import { webhookSecret } from "../layers/testWorld.ts"
import { says, somebody } from "../layers/updates.ts"
import { concierge } from "./operator/concierge.ts"
import { onAws, work } from "./operator/places.ts"
import { temporaryDirectory } from "./support/process.ts"

/**
 * AWS's command line with a log behind it: a query is taken with its groups, its times in seconds and its one condition,
 * runs for a look or two, and answers in the form of Logs Insights.
 */
const aws = (folder: string) => `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require("node:fs")
const [service, operation, ...args] = process.argv.slice(2)
const option = (name) => args[args.indexOf("--" + name) + 1]
const refuse = (code, says) => {
  process.stderr.write("\\nAn error occurred (" + code + ") when calling the StartQuery operation: " + says + "\\n")
  process.exit(254)
}
if (existsSync("${folder}/refuses")) refuse("AccessDeniedException", "User is not authorized to perform: logs:StartQuery")
if (option("region") !== "eu-central-1") refuse("ResourceNotFoundException", "Log group does not exist")
if (service + operation === "logsstart-query") {
  const groups = args.slice(args.indexOf("--log-group-names") + 1).slice(0, 2).join()
  if (groups !== "/aws/lambda/concierge-prod-webhook,/aws/lambda/concierge-prod-worker") refuse("ResourceNotFoundException", groups)
  const [from, to] = [Number(option("start-time")), Number(option("end-time"))]
  if (!(from < to && to < 1e11)) refuse("InvalidParameterException", "start and end are seconds")
  writeFileSync("${folder}/query", JSON.stringify({ from, to, id: /filter updateId = (\\d+)/.exec(option("query-string"))[1] }))
  console.log('{ "queryId": "12ab3456-12ab-123a-789e-1234567890ab" }')
} else if (service + operation === "logsget-query-results") {
  const statistics = { recordsMatched: 2, recordsScanned: 9, bytesScanned: 4096 }
  const results = []
  const isFirst = !existsSync("${folder}/asked")
  writeFileSync("${folder}/asked", "")
  if (!isFirst) {
    const { from, id, to } = JSON.parse(readFileSync("${folder}/query", "utf8"))
    for (const [index, value] of readFileSync("${folder}/log", "utf8").split("\\n").filter(Boolean).entries()) {
      const line = JSON.parse(value)
      const at = (line._aws?.Timestamp ?? Date.parse(line.timestamp)) / 1000
      if (String(line.updateId) === id && at >= from && at <= to + 1)
        results.push([{ field: "@message", value: value + "\\n" }, { field: "@ptr", value: "Cm" + index }])
    }
  }
  console.log(JSON.stringify({ results, statistics, status: isFirst ? "Running" : "Complete", encryptionKey: "" }, null, 4))
} else refuse("AccessDenied", "not authorized")
`

layer(onAws, { excludeTestServices: true })("concierge trace on a stage", (it) => {
  it.effect("has the webhook's line and the worker's from CloudWatch, what is stored, and what is left of it", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryDirectory
      const log = join(folder, "log")
      const write = (line: string) => writeFileSync(log, `${line}\n`, { flag: "a" })
      writeFileSync(join(folder, "aws"), aws(folder))
      chmodSync(join(folder, "aws"), 0o755)
      yield* withEnvironment({
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        STAGE_ALARM_EMAIL: "ops@example.com",
      })

      // The webhook as it is deployed, on this stage's queue.
      const queue = yield* UpdateQueue
      const config = yield* WebhookConfig
      const handler = webhookHandler(
        Layer.mergeAll(
          MetricsEmf.layer({ stage: "prod", write }),
          Layer.succeed(UpdateQueue, queue),
          Layer.succeed(WebhookConfig, config),
        ),
      )
      const [ana, eva] = [somebody({ first_name: "Zephyquin" }), somebody()]
      const [start, other] = [yield* says(ana, "/start ref_Vexonquar"), yield* says(eva, "/start")]
      const headers = { "x-telegram-bot-api-secret-token": webhookSecret }
      for (const update of [start, other]) {
        const answer = yield* Effect.promise(() =>
          handler(httpEvent({ headers, body: JSON.stringify(update) }), context),
        )
        assert.strictEqual(answer.statusCode, 200)
      }
      const worker = Layer.mergeAll(
        Logger.layer([Logger.map(lines, (line: Line) => write(jsonOf(line)))]),
        Layer.succeed(Tracer.Tracer, heardBy(native, keepSteps)),
      )
      yield* Effect.provide(work, worker, { local: true })

      const { status, stderr, stdout } = yield* concierge("trace", String(start.update_id))
      assert.strictEqual(`${status}${stderr}`, "0")
      const said = stdout.split("\n").map((line) => line.trim())
      assert.strictEqual(said[0], `Update ${start.update_id}: start by telegram_${ana.id}`)
      assert.match(
        stdout,
        /^[\d:.]{12} {2}webhook {2}outcome accepted, status 200, .*correlationId [\da-f-]{36}, functionVersion \$LATEST, coldStart true$/m,
      )
      assert.match(stdout, /^[\d:.]{12} {2}worker {3}outcome applied, step video, .*correlationId [\da-f-]{36}$/m)
      assert.isTrue(said.some((line) => /^\d+(\.\d)? ms {2}Users\.commit \d/.test(line)))
      assert.match(stdout, /stored {4}first seen .*, 1 delivery, applied at /)
      assert.notMatch(stdout, /Zephyquin|Vexonquar/)
      assert.notInclude(stdout, String(other.update_id))

      yield* concierge("user", "forget", String(ana.id), "--yes")
      const forgotten = (yield* concierge("trace", String(start.update_id))).stdout
      assert.match(forgotten, /The event names nobody.*The log has their id until \d{4}-\d\d-\d\d/)
      assert.include(forgotten, "outcome applied")

      // As CloudWatch has it before it has taken the lines in.
      writeFileSync(log, "")
      const late = (yield* concierge("trace", String(start.update_id))).stdout
      assert.match(late, /The log has no line of it\. CloudWatch may not have .*: try again in a minute\./)
      assert.notMatch(late, /disk|level/)
      assert.match(late, /stored {4}first seen .*, applied at /)

      writeFileSync(join(folder, "refuses"), "")
      const refusal = yield* concierge("trace", String(start.update_id))
      assert.strictEqual(refusal.status, 1)
      assert.match(
        refusal.stderr,
        /^[^\n]*logs:StartQuery[^\n]*"trace" needs the role viewer|^[^\n]*lets you not look[^\n]*\n$/,
      )
    }),
  )
})
