import { join } from "node:path"
import * as Dynamo from "@concierge/aws/dynamo/Dynamo.ts"
import * as Events from "@concierge/aws/dynamo/Events.ts"
import * as Users from "@concierge/aws/dynamo/Users.ts"
import * as Media from "@concierge/aws/s3/Media.ts"
import { Brand, type BrandValue } from "@concierge/core/brand/Brand.ts"
import { WorkerConfig } from "@concierge/core/config.ts"
import { retention } from "@concierge/core/retention.ts"
import type { Speech } from "@concierge/core/services/Speech.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { botToken } from "../host/botToken.ts"
import type { HostSettings } from "../host/settings.ts"
import * as Journal from "../journal/Journal.ts"
import { openLogFile } from "../log/LogFile.ts"
import * as LogLines from "../log/LogLines.ts"
import { logDirectory } from "../log/logging.ts"
import * as espeak from "../speech/espeak.ts"
import { tables } from "./dynamodb/tables.ts"
import { functionLog, type Prints } from "./functionLog.ts"
import * as Stage from "./Stage.ts"
import { buckets } from "./s3/buckets.ts"
import { withEnvironment } from "./sdk.ts"
import type { QueueOptions } from "./sqs/Sqs.ts"
import { statsLayer } from "./stats.ts"

export interface AwsOptions {
  readonly brand: BrandValue
  /** Where the bundles go. */
  readonly directory: string
  /** Where the log goes; beside the bundles unless given. */
  readonly logs?: string
  readonly secret: HostSettings["secret"]
  readonly formerSecret?: HostSettings["formerSecret"]
  readonly queue?: QueueOptions
  /** Containers of the worker at most. */
  readonly workers?: number
  /** What speaks in Polly's stead; the local voice unless given. */
  readonly speech?: Layer.Layer<Speech, never, Brand>
  /** Takes lines that the functions write. */
  readonly print: (line: string) => void
  /** Which ones; warnings and worse unless given. */
  readonly prints?: Prints
}

const logsOf = ({ directory, logs = join(directory, logDirectory) }: AwsOptions): string => logs

/** The stage, and a look into its tables and buckets from outside. */
export const servicesLayer = (options: AwsOptions, origin: string) =>
  onStage.pipe(
    Layer.provideMerge(
      Layer.unwrap(
        Effect.gen(function* () {
          const journal = yield* Journal.Journal
          const file = yield* Effect.acquireRelease(
            Effect.sync(() => openLogFile(logsOf(options))),
            ({ close }) => Effect.sync(close),
          )
          return Stage.layer({
            ...options,
            botToken,
            telegramApi: origin,
            // Each step becomes an entry of the journal.
            logLevel: "Debug",
            log: functionLog(journal, file, options.print, options.prints ?? "warnings"),
          })
        }),
      ),
    ),
    Layer.provideMerge(Layer.merge(Journal.layer, LogLines.layer(logsOf(options)))),
    Layer.provideMerge(
      Layer.succeed(WorkerConfig, { botToken, telegramApi: origin, retention: Duration.days(retention.events) }),
    ),
    Layer.provide(options.speech ?? espeak.layer),
    Layer.provideMerge(Layer.succeed(Brand, options.brand)),
    Layer.provide(NodeFileSystem.layer),
  )

const onStage = Layer.unwrap(
  Effect.gen(function* () {
    yield* withEnvironment((yield* Stage.Stage).environment)
    const stores = Layer.mergeAll(Users.layer, Events.layer).pipe(Layer.provide(Dynamo.layer(tables)))
    return Layer.mergeAll(stores, Media.layer(buckets), statsLayer)
  }),
)
