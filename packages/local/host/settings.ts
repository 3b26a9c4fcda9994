import { randomBytes } from "node:crypto"
import { join } from "node:path"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import { writeAtomically } from "../media/writeAtomically.ts"
import { loadBrand } from "./brand.ts"
import { environment } from "./environment.ts"
import { freePort } from "./freePort.ts"
import { ownersOnly } from "./ownersOnly.ts"
import { Problem } from "./Problem.ts"

export interface Settings {
  /** `PORT`, or a free one for 0. */
  readonly port: number
  /** `BRAND`. */
  readonly brand: BrandValue
  /** Absolute. */
  readonly data: string
  readonly logLevel: Effect.Success<typeof environment>["logLevel"]
  readonly secret: Redacted.Redacted<string>
  /** Where the secret is kept, if we made it. */
  readonly secretPath: string | undefined
}

export const settings = Effect.gen(function* () {
  const { data, logLevel, secret, ...chosen } = yield* environment
  const brand = yield* loadBrand(chosen.brand)
  const port = chosen.port === 0 ? yield* freePort : chosen.port
  yield* writable(data).pipe(Effect.mapError((error) => unusable(data, error)))
  if (secret !== undefined) {
    return { brand, port, data, logLevel, secret: Redacted.make(secret), secretPath: undefined } satisfies Settings
  }
  const secretPath = join(data, "webhook-secret")
  const kept = yield* keptSecret(secretPath).pipe(Effect.mapError((error) => unusable(data, error)))
  return { brand, port, data, logLevel, secret: kept, secretPath } satisfies Settings
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

/** Made once, and readable by its owner only. */
const keptSecret = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  if (!(yield* fs.exists(path))) {
    yield* writeAtomically(path, new TextEncoder().encode(randomBytes(32).toString("base64url")))
  }
  return Redacted.make((yield* fs.readFileString(path)).trim())
})
