import { randomBytes } from "node:crypto"
import { type Former, formerOf, formerText } from "@concierge/core/Former.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import { writeAtomically } from "../media/writeAtomically.ts"

export interface Kept {
  readonly value: Redacted.Redacted<string>
  /** The one that it replaced. */
  readonly former: Former | undefined
}

const formerPath = (path: string): string => `${path}.former`

/** A secret in a file that its owner alone may read; what it replaced is in another beside it. */
export const readSecret = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const read = (file: string) => Effect.map(fs.readFileString(file), (text) => Redacted.make(text.trim()))
  const former = (yield* fs.exists(formerPath(path))) ? formerOf(yield* read(formerPath(path))) : undefined
  return { value: yield* read(path), former } satisfies Kept
})

/** In this order: whatever stops it half-way, the secret that was there is still the one that counts. */
export const writeSecret = Effect.fnUntraced(function* (path: string, { former, value }: Kept) {
  const write = (file: string, text: string) => writeAtomically(file, new TextEncoder().encode(text))
  if (former !== undefined) yield* write(formerPath(path), formerText(former))
  yield* write(path, Redacted.value(value))
})

/** 256 bits of what Telegram allows in a secret. */
export const newSecret = Effect.sync(() => Redacted.make(randomBytes(32).toString("base64url")))

/** Made once; `replaces` is asked only then. */
export const keptSecret = Effect.fnUntraced(function* <E = never, R = never>(
  path: string,
  replaces: Effect.Effect<Former | undefined, E, R> = Effect.succeed(undefined),
) {
  const fs = yield* FileSystem.FileSystem
  if (!(yield* fs.exists(path))) yield* writeSecret(path, { value: yield* newSecret, former: yield* replaces })
  return yield* readSecret(path)
})
