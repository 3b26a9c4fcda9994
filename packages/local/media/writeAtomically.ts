import { randomUUID } from "node:crypto"
import { dirname, join } from "node:path"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"

/** Readers, of whom only the owner is one, see the old file or the new one, never half of it, also after a crash half-way. */
export const writeAtomically = Effect.fnUntraced(function* (path: string, bytes: Uint8Array) {
  const fs = yield* FileSystem.FileSystem
  // No key begins with a dot, so an abandoned temporary file can never be fetched.
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`)
  yield* fs.makeDirectory(dirname(path), { recursive: true, mode: 0o700 })
  yield* fs.writeFile(temporary, bytes, { mode: 0o600 }).pipe(
    Effect.andThen(fs.rename(temporary, path)),
    Effect.onError(() =>
      fs
        .remove(temporary, { force: true })
        .pipe(Effect.ignore({ log: "Warn", message: "temporary file left behind after a failed write" })),
    ),
  )
})
