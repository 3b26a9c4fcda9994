import { brand } from "@concierge/brands/concierge/brand.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { awsHostLayer } from "../../../packages/local/aws/host.ts"
import { freePort } from "../../../packages/local/host/freePort.ts"

export const secret = "the-webhooks-own-secret"

/** What the functions wrote beside steps and metrics: their warnings and errors. */
export class Complaints extends Context.Service<Complaints, { readonly lines: Array<string> }>()(
  "@concierge/tests/Complaints",
) {}

/** Where the deployed webhook is reached. */
export const webhookUrl = Effect.map(
  HttpServer.HttpServer,
  ({ address }) => `${HttpServer.formatAddress(address)}/telegram/webhook`,
)

/** The bundled functions on stand-ins for AWS and Telegram. Messages are hidden for 3 s, so that dead letters come soon. */
export const deployed = Layer.unwrap(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const directory = yield* fs.makeTempDirectoryScoped({ prefix: "concierge-functions-" })
    const lines: Array<string> = []
    return awsHostLayer({
      brand,
      port: yield* freePort,
      directory,
      secret: Redacted.make(secret),
      queue: { visibility: 3, maxReceives: 3 },
      print: (line) => void lines.push(line),
    }).pipe(Layer.merge(Layer.succeed(Complaints, { lines })))
  }),
).pipe(Layer.provide(NodeFileSystem.layer))
