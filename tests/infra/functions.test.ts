import { existsSync } from "node:fs"
import { deadlineSeconds, visibilitySeconds } from "@concierge/core/delivery/deployed.ts"
import { assert, describe, it } from "@effect/vitest"
import { build } from "esbuild"
import { root } from "../../stacks/diff/synth.ts"
import { all, at, both, dev, full, fullPersonal, inputs, json, prod } from "./stages.ts"

describe("queue", () => {
  for (const plan of both) {
    it(`${plan.stage}: hidden for six deadlines, four days kept, dead after three receives, a mebibyte a message`, () => {
      const common = {
        kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:QueueKey",
        maxMessageSize: 1_048_576,
        fifoQueue: false,
      }
      for (const name of ["UpdateQueueQueue", "TapQueueQueue"]) {
        const queue = inputs(plan, "Queue", name)
        assert.containSubset(queue, {
          ...common,
          visibilityTimeoutSeconds: visibilitySeconds,
          messageRetentionSeconds: 345_600,
        })
        assert.deepStrictEqual(json(queue.redrivePolicy), {
          deadLetterTargetArn: "arn:aws:sqs:eu-central-1:123456789012:DeadLettersQueue",
          maxReceiveCount: 3,
        })
      }
      assert.containSubset(inputs(plan, "Queue", "DeadLettersQueue"), { ...common, messageRetentionSeconds: 1_209_600 })
      assert.deepStrictEqual(json(inputs(plan, "RedriveAllowPolicy", "DeadLettersSource").redriveAllowPolicy), {
        redrivePermission: "byQueue",
        sourceQueueArns: ["UpdateQueueQueue", "TapQueueQueue"].map(
          (name) => `arn:aws:sqs:eu-central-1:123456789012:${name}`,
        ),
      })
    })

    it(`${plan.stage}: batches of ten, five at once of each queue, one bad record alone is tried again`, () => {
      for (const name of ["WorkerMapping", "TapMapping"]) {
        assert.containSubset(inputs(plan, "EventSourceMapping", name), {
          enabled: true,
          batchSize: 10,
          functionResponseTypes: ["ReportBatchItemFailures"],
          scalingConfig: { maximumConcurrency: 5 },
        })
      }
    })

    it(`${plan.stage}: delayed copies are not taken for a runaway loop`, () => {
      assert.containSubset(inputs(plan, "FunctionRecursionConfig", "WorkerRecursion"), {
        functionName: `concierge-${plan.stage}-worker`,
        recursiveLoop: "Allow",
      })
    })
  }
})

describe("functions", () => {
  for (const plan of both) {
    const common = {
      architectures: ["arm64"],
      runtime: "nodejs24.x",
      handler: "index.handler",
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO" },
    }
    it(`${plan.stage}: size, time, traces and logs`, () => {
      assert.lengthOf(all(plan, "Function"), plan === prod ? 3 : 2)
      assert.containSubset(inputs(plan, "Function", "WebhookFunction"), { ...common, memorySize: 256, timeout: 30 })
      assert.containSubset(inputs(plan, "Function", "WorkerFunction"), {
        ...common,
        memorySize: 512,
        timeout: deadlineSeconds,
      })
      for (const group of all(plan, "LogGroup")) assert.strictEqual(group.inputs.retentionInDays, 14)
    })

    it(`${plan.stage}: nobody holds concurrency back, since throttled calls burn receives`, () => {
      for (const { inputs } of all(plan, "Function")) assert.isUndefined(inputs.reservedConcurrentExecutions)
    })
  }

  it("a permanent stage asks Telegram every five minutes whether it delivers here", () => {
    assert.containSubset(inputs(prod, "Function", "WatcherFunction"), { ...{ memorySize: 256, timeout: 30 } })
    const { WEBHOOK_URL } = at(inputs(prod, "Function", "WatcherFunction"), "environment", "variables") as {
      readonly WEBHOOK_URL: string
    }
    assert.match(WEBHOOK_URL, /^https:.*\/telegram\/webhook$/)
    assert.strictEqual(inputs(prod, "EventRule", "WatcherSchedule").scheduleExpression, "rate(5 minutes)")
    assert.containSubset(inputs(prod, "Permission", "WatcherPermission"), { principal: "events.amazonaws.com" })
    assert.match(String(inputs(prod, "EventTarget", "WatcherTarget").arn), /:function:|concierge-prod-watcher|Watcher/)
    assert.isEmpty(all(dev, "EventRule"))
  })

  it("take their plain settings from the environment", () => {
    const environment = (name: string) => at(inputs(prod, "Function", name), "environment", "variables")
    assert.containSubset(environment("WebhookFunction"), { STAGE: "prod", ORIGIN_HEADER: "x-origin-verify" })
    assert.containSubset(environment("WorkerFunction"), {
      STAGE: "prod",
      LOG_LEVEL: "Info",
      EVENT_RETENTION_DAYS: "90",
      MEDIA_URL_MINUTES: "10",
    })
    assert.notProperty(at(inputs(dev, "Function", "WebhookFunction"), "environment", "variables"), "ORIGIN_HEADER")
    const collector = (plan: typeof prod) =>
      at(inputs(plan, "Function", "WorkerFunction"), "environment", "variables", "OTEL_EXPORTER_OTLP_ENDPOINT")
    assert.deepStrictEqual([collector(prod), collector(full)], [undefined, "https://otel.example.com"])
  })

  it("deployed, are the files that the build made", async () => {
    const code = await codeWhere({ $dev: false })
    for (const name of ["webhook", "worker", "watcher"]) {
      assert.deepStrictEqual(code(name, "marea"), { bundle: `${root}/dist/${name}`, handler: "index.handler" })
    }
  })

  it("live, are their source, and the worker's is of the stage's brand", async () => {
    const code = await codeWhere({ $dev: true })
    assert.deepStrictEqual(code("webhook", "marea"), { handler: "packages/functions/webhook.handler" })
    assert.deepStrictEqual(code("worker", "marea"), { handler: "dist/dev/worker.handler" })
    assert.isTrue(existsSync(`${root}/packages/functions/webhook.ts`))
    const { metafile } = await build({
      entryPoints: [`${root}/dist/dev/worker.ts`],
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      format: "esm",
      outdir: "out",
      write: false,
      metafile: true,
    })
    assert.include(Object.keys(metafile.inputs), "brands/marea/brand.ts")
    assert.notInclude(Object.keys(metafile.inputs), "brands/concierge/brand.ts")
  })
})

/** By a path that the compiler does not follow: SST's globals have types in stacks/ only. */
const codeWhere = async (globals: { readonly $dev: boolean }) => {
  Object.assign(globalThis, globals, { $cli: { paths: { root } } })
  const { code }: { code: (name: string, brand: string) => unknown } = await import(`${root}/stacks/code.ts`)
  return code
}

describe("API", () => {
  for (const plan of both) {
    it(`${plan.stage}: the function answers every method of one path, no other origin, throttled as configured`, () => {
      assert.sameMembers(
        all(plan, "Route").map(({ inputs }) => inputs.routeKey),
        ["ANY /telegram/webhook"],
      )
      assert.notProperty(inputs(plan, "Api", "ApiApi"), "corsConfiguration")
      assert.deepStrictEqual(inputs(plan, "Stage", "ApiStage").defaultRouteSettings, {
        throttlingRateLimit: 200,
        throttlingBurstLimit: 400,
      })
    })
  }

  it("takes throttle, origins, architecture and region from the stage's options", () => {
    assert.containSubset(inputs(fullPersonal, "Stage", "ApiStage").defaultRouteSettings, {
      throttlingRateLimit: 20,
      throttlingBurstLimit: 40,
    })
    assert.containSubset(inputs(fullPersonal, "Api", "ApiApi").corsConfiguration, {
      allowMethods: ["POST"],
      allowHeaders: ["content-type"],
      allowOrigins: ["https://example.com"],
    })
    assert.deepStrictEqual(inputs(fullPersonal, "Function", "WorkerFunction").architectures, ["x86_64"])
    assert.include(String(inputs(fullPersonal, "EventSourceMapping", "WorkerMapping").eventSourceArn), ":eu-south-2:")
  })
})
