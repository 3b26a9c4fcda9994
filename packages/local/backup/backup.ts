import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import { Problem } from "../host/Problem.ts"
import { pack, unpack } from "./archive.ts"

/** A file that only keeps a second host out, and what is made anew. */
const left = new Set(["in-use.sqlite", "functions"])

/**
 * Copies a data directory into one file, of a host that may be running: each file of tables as it is at one moment, with
 * what is still in SQLite's log. It appears under its name when it is whole.
 */
export const backup = Effect.fnUntraced(function* (data: string, to: string) {
  if (!existsSync(join(data, "concierge.sqlite"))) {
    return yield* new Problem({ advice: `${data} holds no Concierge: CONCIERGE_DATA=… names the directory.` })
  }
  if (existsSync(to)) return yield* new Problem({ advice: `${to} is there already: name a file that is not.` })
  yield* viaHalf(to, `The backup failed, and ${to} was not made`, (half) => {
    copied(data, join(half, "data"))
    return pack(join(half, "data"), join(half, "file"))
  })
})

/** Puts a backup where there is no data directory. */
export const restore = Effect.fnUntraced(function* (from: string, data: string) {
  if (!existsSync(from)) return yield* new Problem({ advice: `${from} is not there: name a backup's file.` })
  if (existsSync(data))
    return yield* new Problem({ advice: `${data} is there: stop the host and move it aside first.` })
  yield* viaHalf(data, "The backup was not restored", async (half) => {
    await unpack(from, join(half, "file"))
    for (const file of tablesIn(join(half, "file"))) check(file)
  })
})

/** Makes `file` in a directory beside the target that nobody else can enter, and has it appear there at once. */
const viaHalf = (to: string, problem: string, make: (half: string) => Promise<void>) => {
  const half = `${to}.half`
  return Effect.tryPromise({
    try: async () => {
      rmSync(half, { recursive: true, force: true })
      mkdirSync(half, { recursive: true, mode: 0o700 })
      await make(half)
      renameSync(join(half, "file"), to)
    },
    catch: (cause) => new Problem({ advice: `${problem}: ${cause}` }),
  }).pipe(Effect.ensuring(Effect.sync(() => rmSync(half, { recursive: true, force: true }))))
}

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

const copyTables = (source: string, target: string): void => {
  const sqlite = new DatabaseSync(source, { timeout: 5_000 })
  try {
    sqlite.prepare("VACUUM INTO ?").run(target)
  } finally {
    sqlite.close()
  }
  check(target)
}

const tablesIn = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sqlite"))
    .map((name) => join(directory, name))

/** A damaged copy is worse than none. */
const check = (file: string): void => {
  const copy = new DatabaseSync(file, { readOnly: true })
  try {
    const [row] = copy.prepare("PRAGMA integrity_check").all()
    if (row?.integrity_check !== "ok") throw new Error(`${file} is damaged: ${row?.integrity_check}`)
  } finally {
    copy.close()
  }
}
