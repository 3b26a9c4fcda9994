import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import { Problem } from "../host/Problem.ts"

/** A file that only keeps a second host out, and what is made anew. */
const left = new Set(["in-use.sqlite", "functions"])

/**
 * Copies a data directory, of a host that may be running: each file of tables as it is at one moment, with what is still
 * in SQLite's log. It appears under its name when it is whole.
 */
export const backup = Effect.fnUntraced(function* (data: string, to: string) {
  if (!existsSync(join(data, "concierge.sqlite"))) {
    return yield* new Problem({ advice: `${data} holds no Concierge: CONCIERGE_DATA=… names the directory.` })
  }
  if (existsSync(to)) return yield* new Problem({ advice: `${to} is there already: name a directory that is not.` })
  yield* Effect.try({
    try: () => {
      const half = `${to}.half`
      copied(data, half)
      renameSync(half, to)
    },
    catch: (cause) => new Problem({ advice: `The backup failed, and ${to} was not made: ${cause}` }),
  })
})

/** Puts a backup where there is no data directory: the host is stopped, and what it had is moved aside first. */
export const restore = Effect.fnUntraced(function* (from: string, data: string) {
  if (existsSync(data)) {
    return yield* new Problem({ advice: `${data} is there: stop the host and move it aside first.` })
  }
  return yield* backup(from, data)
})

const copied = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (left.has(entry.name) || /-(?:wal|shm)$/.test(entry.name)) continue
    if (entry.name.endsWith(".sqlite")) copyTables(source, target)
    else if (entry.name.startsWith("bot-")) copied(source, target)
    else cpSync(source, target, { recursive: true })
  }
}

/** A damaged copy is worse than none. */
const copyTables = (source: string, target: string): void => {
  const sqlite = new DatabaseSync(source, { timeout: 5_000 })
  try {
    sqlite.prepare("VACUUM INTO ?").run(target)
  } finally {
    sqlite.close()
  }
  const copy = new DatabaseSync(target, { readOnly: true })
  try {
    const [row] = copy.prepare("PRAGMA integrity_check").all()
    if (row?.integrity_check !== "ok") throw new Error(`${source} is damaged: ${row?.integrity_check}`)
  } finally {
    copy.close()
  }
}
