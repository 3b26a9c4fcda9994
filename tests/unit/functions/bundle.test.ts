import { createHash } from "node:crypto"
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer, type RequestListener } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { brandIds } from "@concierge/brands/brands.ts"
import { fields } from "@concierge/core/observe/fields.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll } from "vitest"
import { updateEvents } from "../../../packages/functions/build/events.ts"
import { standIn } from "../../../packages/functions/build/standIn.ts"
import { buildFunctions, functionNames } from "../../../packages/functions/build.ts"
import { foundIn } from "../../fixtures/disguises.ts"
import { attributesOf, collector } from "../../layers/collector.ts"
import { listen } from "../../layers/listen.ts"
import { xrayDaemon } from "../../layers/xrayDaemon.ts"
import { brandsIn, usernameOf } from "./fixtures/brandsIn.ts"
import { type Invoked, invoked } from "./fixtures/invoked.ts"

const directory = mkdtempSync(join(tmpdir(), "concierge-bundles-"))
let built: Awaited<ReturnType<typeof buildFunctions>>
beforeAll(async () => {
  built = await buildFunctions(directory, "concierge")
}, 90_000)
afterAll(() => rmSync(directory, { recursive: true }))

const root = fileURLToPath(new URL("../../..", import.meta.url))

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: true }>>
}

const cacheName = `bundle.${process.arch}.cache`

/** A function as it was built, its cache changed, and what it answers in a process of its own. */
const answerOf = (
  name: "webhook" | "worker",
  event: object,
  change: (folder: string) => void = () => {},
  environment: Readonly<Record<string, string>> = {},
  outside: RequestListener = standIn,
) =>
  Effect.gen(function* () {
    const folder = mkdtempSync(join(directory, `${name}-`))
    cpSync(join(directory, name), folder, { recursive: true })
    change(folder)
    const origin = yield* listen(createServer(outside))
    return yield* Effect.promise((): Promise<Invoked> => invoked(folder, event, origin, environment))
  })

const update = updateEvents.webhook("s3cret")

describe("the built functions", () => {
  it.effect("the webhook answers, from its cache", () =>
    Effect.gen(function* () {
      const { answer, cache, printed } = yield* answerOf("webhook", update)
      assert.deepInclude(answer, { statusCode: 200, body: '{"ok":true}' })
      assert.strictEqual(cache, "taken")
      assert.notInclude(printed, "no code cache")
    }),
  )

  it.effect("the webhook refuses whoever does not know the secret", () =>
    Effect.gen(function* () {
      const { answer } = yield* answerOf("webhook", updateEvents.webhook("another"))
      assert.deepInclude(answer, { statusCode: 401 })
    }),
  )

  it.effect("the worker works a first message, from its cache", () =>
    Effect.gen(function* () {
      const { answer, cache } = yield* answerOf("worker", updateEvents.worker())
      assert.deepStrictEqual(answer, { batchItemFailures: [] })
      assert.strictEqual(cache, "taken")
    }),
  )

  it.effect("the worker puts off what is early, by a client that it loads for that", () =>
    Effect.gen(function* () {
      const taken: Array<{ readonly MessageBody: string; readonly DelaySeconds: number }> = []
      const queue: RequestListener = async (request, response) => {
        if (request.headers["x-amz-target"] !== "AmazonSQS.SendMessage") return standIn(request, response)
        const message = JSON.parse(await text(request))
        taken.push(message)
        const MD5OfMessageBody = createHash("md5").update(message.MessageBody).digest("hex")
        response.end(JSON.stringify({ MessageId: "1", MD5OfMessageBody }))
      }
      const event = updateEvents.worker()
      const [record] = event.Records
      const notBefore = { dataType: "String", stringValue: new Date(Date.now() + 60_000).toISOString() }
      const early = { ...record, messageAttributes: { ...record?.messageAttributes, notBefore } }
      const { answer } = yield* answerOf("worker", { Records: [early] }, undefined, {}, queue)
      assert.deepStrictEqual(answer, { batchItemFailures: [] })
      assert.deepStrictEqual(
        taken.map(({ MessageBody }) => MessageBody),
        [record?.body],
      )
      assert.closeTo(taken[0]?.DelaySeconds ?? 0, 60, 5)
    }),
  )

  it.effect.each([
    ["missing", "none", (folder: string) => rmSync(join(folder, cacheName))],
    [
      "of other flags",
      "rejected",
      (folder: string) => {
        copyFileSync(join(folder, cacheName.replace(".cache", ".gc.cache")), join(folder, cacheName))
      },
    ],
    [
      "of another bundle",
      "rejected",
      (folder: string) => {
        copyFileSync(join(directory, "worker", cacheName), join(folder, cacheName))
      },
    ],
    [
      "cut short",
      "rejected",
      (folder: string) => {
        const bytes = readFileSync(join(folder, cacheName))
        writeFileSync(join(folder, cacheName), bytes.subarray(0, bytes.length / 2))
      },
    ],
    ["no cache at all", "rejected", (folder: string) => writeFileSync(join(folder, cacheName), "nonsense")],
  ] as const)("a cache that is %s changes nothing but time, and the log says so", ([, cache, change]) =>
    Effect.gen(function* () {
      const found = yield* answerOf("webhook", update, change)
      assert.deepInclude(found.answer, { statusCode: 200, body: '{"ok":true}' })
      assert.strictEqual(found.cache, cache)
      assert.include(found.printed, '"message":"no code cache for this Node"')
    }),
  )

  it.live(
    "with a collector, have told it everything of an invocation before they answer, since they are frozen then",
    () =>
      Effect.gen(function* () {
        const there = yield* collector
        const environment = { ...there.environment, AWS_LAMBDA_FUNCTION_NAME: "concierge-test-worker" }
        const webhook = yield* answerOf("webhook", update, undefined, environment)
        assert.deepInclude(webhook.answer, { statusCode: 200 })
        const [server] = there.spans.filter(({ name }) => name === "POST /telegram/webhook")
        assert.containSubset(attributesOf(server ?? assert.fail("no span of the webhook")), { "faas.coldstart": true })
        assert.include(there.metrics, "concierge.UpdatesAccepted")

        const worker = yield* answerOf("worker", updateEvents.worker(), undefined, environment)
        assert.deepStrictEqual(worker.answer, { batchItemFailures: [] })
        const names = there.spans.map(({ name }) => name)
        assert.includeMembers(names, ["process UpdateQueue", "processUpdate", "Users.commit", "Telegram.sendVideo"])
        assert.include(there.metrics, "concierge.StartToVideo")
        const [line] = there.logs.filter(({ body }) => body.stringValue === "update")
        assert.containSubset(attributesOf(line ?? assert.fail("no line of the update")), { outcome: "applied" })
        const [resource] = there.resources
        assert.containSubset(attributesOf(resource ?? assert.fail()), {
          "service.name": "concierge-test-worker",
          "faas.name": "concierge-test-worker",
          "cloud.provider": "aws",
        })
        assert.deepStrictEqual(there.refused, [])
        // The update's line is written as it would be, with the calls that it made.
        assert.include(worker.printed, '"message":"update"')
        assert.match(worker.printed, /"steps":\[.*\["Users\.begin"/)
        const secrets = { name: "Lovelace", username: "ada_l", payload: "dXRtX3NvdXJjZT1wb3N0ZXI", token: "4242:token" }
        assert.deepStrictEqual(foundIn(there.text(), secrets), [])
      }),
  )

  it.live(
    "in a trace that X-Ray keeps, the worker has told it of its calls before it answers, and SQS hears of it",
    () =>
      Effect.gen(function* () {
        const there = yield* xrayDaemon
        const environment = {
          AWS_LAMBDA_FUNCTION_NAME: "concierge-test-worker",
          AWS_XRAY_DAEMON_ADDRESS: there.address,
          _X_AMZN_TRACE_ID: "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        }
        const worker = yield* answerOf("worker", updateEvents.worker(), undefined, environment)
        assert.deepStrictEqual(worker.answer, { batchItemFailures: [] })
        yield* there.arrived
        assert.deepStrictEqual(there.refused, [])
        const names = there.subsegments.map(({ name }) => name)
        assert.includeMembers(names, ["process UpdateQueue", "processUpdate", "Users.commit", "Telegram.sendVideo"])
        const [worked] = there.subsegments.filter(({ name }) => name === "processUpdate")
        assert.deepInclude(worked?.annotations, { updateId: 987654321, outcome: "applied" })
        const [batch] = there.subsegments.filter(({ name }) => name === "process UpdateQueue")
        assert.containSubset(batch?.metadata?.default, { "faas.coldstart": true, "messaging.system": "aws_sqs" })
        const secrets = { name: "Lovelace", username: "ada_l", payload: "dXRtX3NvdXJjZT1wb3N0ZXI", id: "123456789" }
        assert.deepStrictEqual(foundIn(there.text(), secrets), [])

        // The webhook tells it nothing by itself; by this header SQS tells the worker's trace of the webhook's.
        const told = there.subsegments.length
        const headers: Array<unknown> = []
        const webhook = yield* answerOf("webhook", update, undefined, environment, (request, response) => {
          headers.push(request.headers["x-amzn-trace-id"])
          return standIn(request, response)
        })
        assert.deepInclude(webhook.answer, { statusCode: 200 })
        yield* there.arrived
        assert.lengthOf(there.subsegments, told)
        assert.deepStrictEqual(headers, [environment._X_AMZN_TRACE_ID])
      }),
  )

  it.live("with a collector that never answers, answer all the same", () =>
    Effect.gen(function* () {
      const silent = yield* listen(createServer(() => {}))
      const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: silent }
      const { answer } = yield* answerOf("webhook", update, undefined, environment)
      assert.deepInclude(answer, { statusCode: 200 })
    }),
  )

  it.effect("without one, load nothing of it and say in their own lines what they did", () =>
    Effect.gen(function* () {
      const { printed } = yield* answerOf("webhook", update, (folder) => rmSync(join(folder, "otlp.cjs")))
      const [line = ""] = printed.split("\n").filter((line) => line.includes('"request"'))
      assert.containSubset(JSON.parse(line), {
        message: "request",
        outcome: "accepted",
        status: 200,
        coldStart: true,
        kind: "message",
        UpdatesAccepted: 1,
      })
      assert.isEmpty(
        Object.keys(JSON.parse(line)).filter((field) => !(field in fields) && !/^(_aws|Stage|[A-Z]\w+)$/.test(field)),
      )
    }),
  )

  it("carry no other provider of credentials than the environment's", () => {
    const files = ["webhook", "worker"].flatMap((name) =>
      readdirSync(join(directory, name)).map((file) => join(directory, name, file)),
    )
    assert.isTrue(files.some((file) => existsSync(file) && file.endsWith("bundle.cjs")))
    for (const file of files.filter((file) => file.endsWith("cjs"))) {
      const text = readFileSync(file, "utf8")
      for (const sign of [
        "security-credentials",
        "GetRoleCredentials",
        "sso_start_url",
        "AssumeRoleWithWebIdentity",
        "credential_process",
      ]) {
        assert.isFalse(text.includes(sign), `${file} has ${sign}`)
      }
    }
  })

  it("carry nothing of the operator's: neither dead letters nor parked updates", () => {
    for (const name of ["webhook", "worker"]) {
      const text = readFileSync(join(directory, name, "bundle.cjs"), "utf8")
      for (const service of ["services/DeadLetters", "services/Parked"]) assert.notInclude(text, service, name)
      assert.include(text, "services/UpdateQueue", name)
    }
  })

  it("carry only what is checked for vulnerabilities, as no development tool is", () => {
    const { packages }: Lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"))
    const carried = Object.values(built)
      .flatMap(({ inputs }) => Object.keys(inputs))
      .flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
    assert.includeMembers([...new Set(carried)], ["node_modules/effect", "node_modules/sst"])
    for (const path of new Set(carried)) {
      assert.property(packages, path)
      assert.isUndefined(packages[path]?.dev, path)
    }
  })

  it.each(brandIds)("carry one brand: %s, and no other", { timeout: 120_000 }, async (id) => {
    const folder = id === "concierge" ? directory : join(directory, id)
    // The code cache says nothing of the text, and takes its time.
    const { webhook, worker } = id === "concierge" ? built : await buildFunctions(folder, id, ["code cache"])
    assert.deepStrictEqual(brandsIn(webhook.inputs), [])
    assert.deepStrictEqual(brandsIn(worker.inputs), [id])

    for (const name of functionNames) {
      const files = readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file), "utf8"))
      for (const other of brandIds) {
        const carried = files.some((text) => text.includes(usernameOf(other)))
        assert.strictEqual(carried, name === "worker" && other === id, `${name} of ${id}: ${other}`)
      }
    }
  })

  it("the webhook has no HTTP/2, and is within its 310 KB", () => {
    const text = readFileSync(join(directory, "webhook", "bundle.cjs"), "utf8")
    assert.notInclude(text, "node:http2")
    assert.isBelow(text.length, 310_000)
  })
})
