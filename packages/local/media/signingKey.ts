import { randomBytes } from "node:crypto"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import { writeAtomically } from "./writeAtomically.ts"

/** The key that links are signed with: made once, so that links outlive a restart, and readable by its owner only. */
export const signingKey = Effect.fnUntraced(function* (directory: string) {
  const fs = yield* FileSystem.FileSystem
  const path = join(directory, "media-signing.key")
  if (!(yield* fs.exists(path))) {
    yield* writeAtomically(path, new TextEncoder().encode(randomBytes(32).toString("hex")))
  }
  return Redacted.make(yield* fs.readFileString(path))
})
