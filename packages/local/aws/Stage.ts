import { randomBytes } from "node:crypto"
import { join } from "node:path"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { deadline } from "@concierge/core/delivery/times.ts"
import { type Former, formerText } from "@concierge/core/Former.ts"
import { buildFunctions, type FunctionName } from "@concierge/functions/build.ts"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { emulators } from "./emulators.ts"
import { encryptLinks } from "./encryptLinks.ts"
import { type LambdaFunction, makeFunction } from "./lambda/LambdaFunction.ts"
import { makeSqs, type QueueOptions, queueOptions, type Sqs } from "./sqs/Sqs.ts"
import { storeLinks } from "./storeLinks.ts"

export interface Options {
  readonly brand: BrandValue
  /** Where the bundles go. */
  readonly directory: string
  /** Origin of the Bot API. */
  readonly telegramApi: string
  readonly botToken: Redacted.Redacted<string>
  readonly secret: Redacted.Redacted<string>
  readonly formerSecret?: Former | undefined
  readonly queue?: QueueOptions
  /** Containers of the worker at most. */
  readonly workers?: number
  readonly logLevel?: string
  /** Takes each line that a function writes. */
  readonly log: (line: string) => void
}

/** A deployed stage, but for the account: both bundles in processes of their own, and AWS in memory. */
export class Stage extends Context.Service<
  Stage,
  {
    readonly webhook: LambdaFunction
    readonly worker: LambdaFunction
    readonly sqs: Sqs
    /** For other clients of the same stand-ins. */
    readonly environment: Readonly<Record<string, string>>
  }
>()("@concierge/local/aws/Stage") {}

export const layer = (options: Options) =>
  Layer.effect(
    Stage,
    Effect.gen(function* () {
      const { brand, directory, log, logLevel = "Info", telegramApi } = options
      const aws = yield* emulators
      const sqs = yield* makeSqs(aws.sqs, options.queue ?? queueOptions)
      yield* Effect.promise(() => buildFunctions(directory, brand.id))

      const lambda = Effect.fnUntraced(function* (
        name: FunctionName,
        links: object,
        limits: { readonly timeout: number; readonly concurrency: number },
      ) {
        const key = randomBytes(32)
        const file = join(directory, name, "resource.enc")
        yield* (yield* FileSystem.FileSystem).writeFile(file, encryptLinks(key, links))
        return yield* makeFunction({
          ...limits,
          name: `concierge-local-${name}`,
          bundle: join(directory, name, "index.mjs"),
          environment: {
            ...aws.environment,
            SST_KEY: key.toString("base64"),
            SST_KEY_FILE: file,
            STAGE: "local",
            LOG_LEVEL: logLevel,
            TELEGRAM_API: telegramApi,
          },
          log,
        })
      })
      const queues = { UpdateQueue: { url: sqs.url }, TapQueue: { url: sqs.tapUrl } }
      const { formerSecret } = options
      const webhookLinks = {
        ...queues,
        TelegramWebhookSecret: { value: Redacted.value(options.secret) },
        ...(formerSecret !== undefined && { FormerWebhookSecret: { value: formerText(formerSecret) } }),
      }
      const workerLinks = {
        ...queues,
        TelegramBotToken: { value: Redacted.value(options.botToken) },
        TombstoneKey: { value: randomBytes(32).toString("hex") },
        ...storeLinks,
      }
      return Stage.of({
        webhook: yield* lambda("webhook", webhookLinks, webhookLimits),
        worker: yield* lambda("worker", workerLinks, { ...workerLimits, concurrency: options.workers ?? workers }),
        sqs,
        environment: aws.environment,
      })
    }),
  )

/** As many as one machine bears, half of them for each queue. */
export const workers = 4

/** Timeouts as the stack has them; containers as many as one machine bears, each holds some 100 MB. */
const webhookLimits = { timeout: 30_000, concurrency: 2 }
const workerLimits = { timeout: Duration.toMillis(deadline) }
