import { join } from "node:path"
import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Settings } from "../host/settings.ts"
import { logDirectory } from "../log/logging.ts"
import { readable } from "../log/readable.ts"
import { awsHostLayer } from "./host.ts"

/** What `npm start -- --aws` runs: the bundles as they are deployed, with the chat page in front. */
export const awsHost = (settings: Settings) =>
  Layer.effectDiscard(banner(settings)).pipe(
    Layer.provide(
      awsHostLayer({
        brand: settings.brand,
        port: settings.port,
        secret: settings.secret,
        formerSecret: settings.formerSecret,
        directory: join(settings.data, "functions"),
        logs: join(settings.data, logDirectory),
        print: (line) => void process.stdout.write(`${settings.logFormat === "json" ? line : shown(line)}\n`),
        prints: LogLevel.isLessThanOrEqualTo(settings.logLevel, "Debug") ? "everything" : "warnings",
      }),
    ),
  )

const decodeLine = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.StructWithRest(Schema.Struct({ timestamp: Schema.String, level: Schema.String, message: Schema.Unknown }), [
      Schema.Record(Schema.String, Schema.Unknown),
    ]),
  ),
)

/** A line that is none of our log, such as metrics or Node's own, stays as it is. */
const shown = (line: string): string => Option.match(decodeLine(line), { onNone: () => line, onSome: readable })

const banner = ({ brand, port, secretPath }: Settings): Effect.Effect<void> =>
  Console.log(`
  ${brand.name} is running on this machine as it runs in AWS: both functions bundled, in processes of their own,
  on emulators of API Gateway, SQS, DynamoDB, S3 and Polly.

    Chat with the bot    http://127.0.0.1:${port}
    Webhook secret       ${secretPath ?? "from TELEGRAM_WEBHOOK_SECRET"}

  Ctrl-C stops it. Everything is in memory: the next start begins anew.
`)
