import { join } from "node:path"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { botIdOf } from "@concierge/core/config.ts"
import type { Former } from "@concierge/core/Former.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import type * as Redacted from "effect/Redacted"
import type { LogFormat } from "../log/logging.ts"
import { environment } from "./environment.ts"
import { freePort } from "./freePort.ts"
import { keptSecret } from "./keptSecret.ts"
import { loadBrand } from "./loadBrand.ts"
import { ownersOnly } from "./ownersOnly.ts"
import { Problem } from "./Problem.ts"

export interface HostSettings {
  /** `PORT`, or a free one for 0. */
  readonly port: number
  /** `BRAND`. */
  readonly brand: BrandValue
  /** Absolute. */
  readonly data: string
  readonly logLevel: Effect.Success<typeof environment>["logLevel"]
  /** `LOG_FORMAT`, at the terminal. */
  readonly logFormat: LogFormat
  readonly secret: Redacted.Redacted<string>
  /** What it replaced, where it is kept and was replaced of late. */
  readonly formerSecret?: Former | undefined
  /** Where the secret is kept, if we made it. */
  readonly secretPath: string | undefined
  /** `TELEGRAM_API`, without a slash at the end. */
  readonly telegramApi?: string | undefined
  /** The bot of `TELEGRAM_BOT_TOKEN`. */
  readonly real?: RealSettings | undefined
}

export interface RealSettings {
  readonly token: Redacted.Redacted<string>
  /** Its own tables and files, below the data directory. */
  readonly data: string
  /** `TELEGRAM_WEBHOOK_SECRET`, if it was given. */
  readonly webhookSecret: Redacted.Redacted<string> | undefined
}

/** Where the webhook's secret is kept that nobody has given. */
export const secretFile = (data: string): string => join(data, "webhook-secret")

export const settings = Effect.gen(function* () {
  const { data, logFormat, logLevel, secret, telegramApi, token, ...chosen } = yield* environment
  const brand = yield* loadBrand(chosen.brand)
  const port = chosen.port === 0 ? yield* freePort : chosen.port
  yield* writable(data).pipe(Effect.mapError((error) => unusable(data, error)))
  const real = token === undefined ? undefined : yield* realSettings(data, token, secret)
  const common = { brand, port, data, logFormat, logLevel, telegramApi, real }
  if (secret !== undefined) return { ...common, secret, secretPath: undefined } satisfies HostSettings
  const secretPath = secretFile(data)
  const kept = yield* keptSecret(secretPath).pipe(Effect.mapError((error) => unusable(data, error)))
  return { ...common, secret: kept.value, formerSecret: kept.former, secretPath } satisfies HostSettings
})

/** What people of the real bot have and what the page's have are kept apart: a person has one id with both. */
const realSettings = Effect.fnUntraced(function* (
  data: string,
  token: Redacted.Redacted<string>,
  webhookSecret: Redacted.Redacted<string> | undefined,
) {
  const own = join(data, `bot-${botIdOf(token)}`)
  yield* writable(own).pipe(Effect.mapError((error) => unusable(own, error)))
  return { token, data: own, webhookSecret } satisfies RealSettings
})

/** A directory that was there before keeps its permissions; ours go by what is in it. */
const writable = Effect.fnUntraced(function* (data: string) {
  const fs = yield* FileSystem.FileSystem
  yield* fs.makeDirectory(data, { recursive: true, mode: 0o700 })
  yield* fs.access(data, { writable: true })
  yield* ownersOnly(data)
})

const unusable = (data: string, { reason }: PlatformError) =>
  new Problem({
    advice: `CONCIERGE_DATA: ${data} cannot be written to (${reason._tag}). Name a directory of your own, for example CONCIERGE_DATA=~/concierge npm start.`,
  })
