import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"

const tables = ["concierge.sqlite", "telegram.sqlite", "in-use.sqlite"]

/** Our own things in the data directory; whatever else is there may be meant for others. */
const ours = new Set([
  ...["objects", "functions", "log", "media-signing.key"],
  ...["webhook-secret", "tombstones.key"].flatMap((name) => [name, `${name}.former`]),
  ...tables.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
])

/**
 * Closes what an earlier version has left open to other people of the machine: SQLite keeps to the permissions that its
 * file has, whatever the umask of this process.
 */
export const ownersOnly = Effect.fnUntraced(function* (data: string) {
  const fs = yield* FileSystem.FileSystem
  const close = Effect.fnUntraced(function* (path: string) {
    const { mode } = yield* fs.stat(path)
    if ((mode & 0o077) !== 0) yield* fs.chmod(path, mode & 0o700)
  })
  for (const name of yield* fs.readDirectory(data)) {
    if (!ours.has(name)) continue
    const path = join(data, name)
    // It may be somebody else's file, or on a disk that knows no permissions.
    const message = `others may read ${path}, which cannot be changed`
    yield* Effect.ignore(close(path), { log: "Warn", message })
  }
})
