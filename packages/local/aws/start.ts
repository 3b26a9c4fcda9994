import { join } from "node:path"
import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../host/settings.ts"
import { awsHostLayer } from "./host.ts"

/** What `npm start -- --aws` runs: the bundles as they are deployed, with the chat page in front. */
export const awsHost = ({ data, port, secret }: Settings) =>
  Layer.effectDiscard(banner(port)).pipe(
    Layer.provide(
      awsHostLayer({
        port,
        secret,
        directory: join(data, "functions"),
        print: (line) => void process.stdout.write(`${line}\n`),
      }),
    ),
  )

const banner = (port: number): Effect.Effect<void> =>
  Console.log(`
  Concierge is running on this machine as it runs in AWS: both functions bundled, in processes of their own,
  on stand-ins for API Gateway, SQS, DynamoDB, S3 and Polly.

    Chat with the bot    http://127.0.0.1:${port}

  Ctrl-C stops it. Everything is in memory: the next start begins anew.
`)
