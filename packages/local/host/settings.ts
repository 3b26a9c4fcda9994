import { randomBytes } from "node:crypto"
import { createServer } from "node:net"
import { join, resolve } from "node:path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { writeAtomically } from "../media/writeAtomically.ts"

/** What Telegram allows as `secret_token`. */
const Secret = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,256}$/))

const environment = Config.all({
  port: Config.Port("PORT").pipe(Config.withDefault(8787)),
  data: Config.NonEmptyString("CONCIERGE_DATA").pipe(
    Config.withDefault(".concierge"),
    Config.map((path) => resolve(path)),
  ),
  logLevel: Config.LogLevel("LOG_LEVEL").pipe(Config.withDefault("Info" as const)),
  secret: Config.option(Config.schema(Secret, "TELEGRAM_WEBHOOK_SECRET")),
})

export interface Settings {
  /** `PORT`, or a free one for 0. */
  readonly port: number
  /** Absolute. */
  readonly data: string
  readonly logLevel: Effect.Success<typeof environment>["logLevel"]
  readonly secret: Redacted.Redacted<string>
  /** Where the secret is kept, if we made it. */
  readonly secretPath: string | undefined
}

export const settings = Effect.gen(function* () {
  const { data, logLevel, secret, ...chosen } = yield* environment
  const port = chosen.port === 0 ? yield* freePort : chosen.port
  if (Option.isSome(secret)) {
    return { port, data, logLevel, secret: Redacted.make(secret.value), secretPath: undefined } satisfies Settings
  }
  const secretPath = join(data, "webhook-secret")
  return { port, data, logLevel, secret: yield* keptSecret(secretPath), secretPath } satisfies Settings
})

/** Any that nobody listens on just now; what needs the port of a server before it runs cannot let it choose. */
const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0)))
  })
})

/** Made once, and readable by its owner only. */
const keptSecret = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  if (!(yield* fs.exists(path))) {
    yield* writeAtomically(path, new TextEncoder().encode(randomBytes(32).toString("base64url")), 0o600)
  }
  return Redacted.make((yield* fs.readFileString(path)).trim())
})
