import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { brand } from "@concierge/brands/concierge/brand.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { assert, layer, vi } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import { webhookLayer } from "../../packages/functions/layers/webhook.ts"
import { workerLayer } from "../../packages/functions/layers/worker.ts"
import { webhookHandler } from "../../packages/functions/webhookHandler.ts"
import { workerHandler } from "../../packages/functions/workerHandler.ts"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { createTables } from "../../packages/local/aws/dynamodb/tables.ts"
import { encryptLinks } from "../../packages/local/aws/encryptLinks.ts"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { makeFunction } from "../../packages/local/aws/lambda/LambdaFunction.ts"
import { sdkEnvironment, withEnvironment } from "../../packages/local/aws/sdk.ts"
import { makeSqs, type Sqs } from "../../packages/local/aws/sqs/Sqs.ts"
import { storeLinks } from "../../packages/local/aws/storeLinks.ts"
import { eventually } from "../e2e/support/eventually.ts"
import { context } from "../fixtures/aws/context.ts"
import { httpEvent } from "../fixtures/aws/httpEvent.ts"
import { sqsEvent, sqsRecord } from "../fixtures/aws/sqsEvent.ts"

type Name = "webhook" | "worker"

const secrets = { webhook: "s3cret-of-the-webhook", token: "4242:s3cret-of-the-bot" }

/** AWS, and what a function of a stage there finds in its environment. */
class Aws extends Context.Service<
  Aws,
  {
    readonly sqs: Sqs
    readonly environment: Readonly<Record<string, string>>
    readonly links: Readonly<Record<string, object>>
  }
>()("tests/faults/configuration/Aws") {}

const aws = Layer.effect(
  Aws,
  Effect.gen(function* () {
    const [endpoint, dynamo] = yield* Effect.all([fauxqs, dynamoDb])
    yield* createTables(dynamo)
    const sqs = yield* makeSqs(endpoint)
    const environment = {
      ...sdkEnvironment({ SQS: endpoint, DYNAMODB: dynamo, S3: endpoint }),
      STAGE: "test",
      // Nothing else is inherited, and each of a dozen processes would compile the same.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
    }
    const links = {
      UpdateQueue: { url: sqs.url },
      TapQueue: { url: sqs.tapUrl },
      TelegramWebhookSecret: { value: secrets.webhook },
      TelegramBotToken: { value: secrets.token },
      TombstoneKey: { value: "s3cret-of-the-tombstones" },
      ...storeLinks,
    }
    return Aws.of({ sqs, environment, links })
  }),
)

const event = (name: Name): unknown =>
  name === "webhook"
    ? httpEvent({ headers: { "x-telegram-bot-api-secret-token": secrets.webhook }, body: '{"update_id":1}' })
    : sqsEvent(sqsRecord("a", 1), sqsRecord("b", 2))

/** What a working function answers. */
const worked = (name: Name, answer: unknown): void =>
  name === "webhook"
    ? assert.deepInclude(answer, { statusCode: 200, body: '{"ok":true}' })
    : assert.deepStrictEqual(answer, { batchItemFailures: [] })

/** Invokes a function that cannot work: the webhook answers 503, the worker's batch comes again as a whole. */
const refuses = Effect.fnUntraced(function* <E>(name: Name, invoke: (event: unknown) => Effect.Effect<unknown, E>) {
  if (name === "webhook") {
    const answer = yield* invoke(event(name))
    assert.deepInclude(answer, { statusCode: 503 })
    assert.nestedPropertyVal(answer, "headers.retry-after", "5")
  } else {
    assert.include(String(yield* Effect.flip(invoke(event(name)))), "The batch was not worked")
  }
})

/** Each line says this, and none of them a secret. */
const says = (lines: ReadonlyArray<string>, problem: string): void => {
  assert.isNotEmpty(lines)
  for (const line of lines) {
    assert.deepInclude(JSON.parse(line), { level: "ERROR", message: `configuration: ${problem}` })
    assert.notInclude(line, "s3cret")
  }
}

/** A container with a file of links as given, and none where nothing is; another file can take its place. */
const container = Effect.fnUntraced(function* (name: Name, change: Readonly<Record<string, string>> = {}) {
  const { environment, links } = yield* Aws
  const fs = yield* FileSystem.FileSystem
  const [key, lines] = [randomBytes(32), [] as Array<string>]
  const file = join(yield* fs.makeTempDirectoryScoped({ prefix: "concierge-links-" }), "resource.enc")
  const { invoke } = yield* makeFunction({
    name,
    bundle: fileURLToPath(new URL(`../../packages/functions/${name}.ts`, import.meta.url)),
    environment: { ...environment, SST_KEY: key.toString("base64"), SST_KEY_FILE: file, ...change },
    timeout: 30_000,
    concurrency: 1,
    log: (line) => void lines.push(line),
  })
  const encrypted = encryptLinks(key, links)
  return { invoke, lines, encrypted, write: (bytes: Uint8Array) => fs.writeFile(file, bytes) }
})

const damaged = "SST's file of links (SST_KEY_FILE) is damaged, or of another key than SST_KEY"

const files: ReadonlyArray<readonly [string, (encrypted: Uint8Array) => Uint8Array | undefined, string]> = [
  ["missing", () => undefined, "SST's file of links (SST_KEY_FILE) cannot be read: ENOENT"],
  ["empty", () => new Uint8Array(), damaged],
  ["cut short", (encrypted) => encrypted.subarray(0, encrypted.length / 2), damaged],
  ["of another key", () => encryptLinks(randomBytes(32), { TelegramWebhookSecret: { value: "s3cret" } }), damaged],
]

const functions: ReadonlyArray<Name> = ["webhook", "worker"]

layer(Layer.merge(aws, NodeFileSystem.layer), { timeout: "60 seconds", excludeTestServices: true })(
  "the configuration cannot be read",
  (it) => {
    it.effect.each(files.flatMap(([title, ...rest]) => functions.map((name) => [title, name, ...rest] as const)))(
      "the links are %s: the %s refuses and says why; mended, the same container works (200 only of what is queued)",
      ([, name, fileOf, problem]) =>
        Effect.gen(function* () {
          const { sqs } = yield* Aws
          const { encrypted, invoke, lines, write } = yield* container(name)
          const file = fileOf(encrypted)
          if (file !== undefined) yield* write(file)
          const before = yield* sqs.count(sqs.url)
          yield* refuses(name, invoke)
          yield* refuses(name, invoke)
          // When it started, and for each invocation by its id. What it prints may come after what it answers.
          const isSaid = Effect.sync(() => lines.length >= 3 || undefined)
          yield* eventually("three lines", isSaid)
          says(lines, problem)
          assert.lengthOf(lines, 3)
          assert.strictEqual(yield* sqs.count(sqs.url), before)
          yield* write(encrypted)
          worked(name, yield* invoke(event(name)))
          assert.strictEqual(yield* sqs.count(sqs.url), before + (name === "webhook" ? 1 : 0))
        }),
    )

    it.effect.each(functions)("a link in the environment is no JSON: the %s names it and does not quote it", (name) =>
      Effect.gen(function* () {
        const { invoke, lines } = yield* container(name, { SST_RESOURCE_Leaked: "s3cret" })
        yield* refuses(name, invoke)
        yield* eventually(
          "two lines",
          Effect.sync(() => lines.length >= 2 || undefined),
        )
        says(lines, "SST_RESOURCE_Leaked is not JSON")
      }),
    )

    it.effect.each([
      ["webhook", "LOG_LEVEL", "loud", "Info"],
      ["webhook", "STAGE", "", "test"],
      ["worker", "EVENT_RETENTION_DAYS", "three months", "90"],
      ["worker", "TELEGRAM_API", "telegram", "http://127.0.0.1"],
    ] as const)("the %s's variable %s is %j: refused until it is mended, in the same container", (fault) =>
      Effect.gen(function* () {
        const [name, variable, wrong, right] = fault
        const { environment, links } = yield* Aws
        const linked = Object.entries(links).map(([link, value]) => [`SST_RESOURCE_${link}`, JSON.stringify(value)])
        yield* withEnvironment({ ...environment, ...Object.fromEntries(linked), [variable]: wrong })
        const lines: Array<string> = []
        const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0)
        yield* Effect.addFinalizer(() => Effect.sync(() => spy.mockRestore()))
        const handler = name === "webhook" ? webhookHandler(webhookLayer) : workerHandler(workerLayer(brand))
        const invoke = (event: unknown) =>
          Effect.tryPromise({ try: (): Promise<unknown> => handler(event, context), catch: String })
        yield* refuses(name, invoke)
        assert.isNotEmpty(lines)
        for (const line of lines) {
          assert.match(JSON.parse(line).message, new RegExp(`^configuration: ${variable} is missing or malformed: .+`))
          assert.notInclude(line, "s3cret")
        }
        yield* withEnvironment({ [variable]: right })
        worked(name, yield* invoke(event(name)))
      }),
    )
  },
)
