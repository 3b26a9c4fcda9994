import { join } from "node:path"
import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as LogLevel from "effect/LogLevel"
import type { HostSettings } from "../host/settings.ts"
import { atTerminal } from "../log/atTerminal.ts"
import { logDirectory } from "../log/logging.ts"
import { awsHostLayer } from "./host.ts"

/** What `npm start -- --aws` runs: the bundles as they are deployed, with the chat page in front. */
export const awsHost = (settings: HostSettings) =>
  Layer.effectDiscard(banner(settings)).pipe(
    Layer.provide(
      awsHostLayer({
        brand: settings.brand,
        port: settings.port,
        secret: settings.secret,
        formerSecret: settings.formerSecret,
        directory: join(settings.data, "functions"),
        logs: join(settings.data, logDirectory),
        print: (line) => {
          const text = atTerminal(line, settings.logFormat)
          if (text !== undefined) process.stdout.write(`${text}\n`)
        },
        prints: printsAt(settings.logLevel),
      }),
    ),
  )

/** What the one machine's own logger would do at this level. */
const printsAt = (level: LogLevel.LogLevel) => {
  if (LogLevel.isLessThanOrEqualTo(level, "Debug")) return "everything"
  return LogLevel.isLessThanOrEqualTo(level, "Info") ? "log" : "warnings"
}

const banner = ({ brand, port, secretPath }: HostSettings): Effect.Effect<void> =>
  Console.log(`
  ${brand.name} is running on this machine as it runs in AWS: both functions bundled, in processes of their own,
  on emulators of API Gateway, SQS, DynamoDB, S3 and Polly.

    Chat with the bot    http://127.0.0.1:${port}
    Webhook secret       ${secretPath ?? "from TELEGRAM_WEBHOOK_SECRET"}

  Ctrl-C stops it. Everything is in memory: the next start begins anew.
`)
