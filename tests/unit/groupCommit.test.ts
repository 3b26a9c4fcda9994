import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { open } from "../../packages/local/sqlite.ts"
import { groupCommit } from "../../packages/local/store/groupCommit.ts"
import { temporaryFile } from "../layers/sqliteStores.ts"

const made = Effect.gen(function* () {
  const path = yield* temporaryFile
  const sqlite = yield* open(path, "CREATE TABLE things (name TEXT PRIMARY KEY)")
  const insert = sqlite.prepare("INSERT INTO things VALUES (?) RETURNING name")
  const commit = groupCommit(sqlite)
  return {
    add: (...names: ReadonlyArray<string>) => commit(() => names.map((name) => insert.get(name)?.name)),
    /** As another process sees it: only what is committed. */
    stored: Effect.sync(() => {
      const other = new DatabaseSync(path, { readOnly: true })
      const rows = other.prepare("SELECT name FROM things ORDER BY name").all()
      other.close()
      return rows.map(({ name }) => name)
    }),
  }
})

const together = { concurrency: "unbounded" } as const

describe("a group commit", () => {
  it.effect("answers each with its own rows, when they are committed", () =>
    Effect.gen(function* () {
      const { add, stored } = yield* made
      const seen = yield* Effect.forEach(["a", "b", "c"], (name) => Effect.zip(add(name), stored), together)
      for (const [rows, all] of seen) assert.include(all, rows[0])
      assert.deepStrictEqual(
        seen.map(([rows]) => rows),
        [["a"], ["b"], ["c"]],
      )
    }),
  )

  it.effect("fails only for whoever asked for what cannot be, and writes none of that", () =>
    Effect.gen(function* () {
      const { add, stored } = yield* made
      yield* add("a")
      const [ok, twice, alsoOk] = yield* Effect.all(
        [Effect.exit(add("b")), Effect.exit(add("d", "a")), Effect.exit(add("c"))],
        together,
      )
      assert.deepStrictEqual([ok._tag, twice._tag, alsoOk._tag], ["Success", "Failure", "Success"])
      assert.deepStrictEqual(yield* stored, ["a", "b", "c"])
    }),
  )
})
