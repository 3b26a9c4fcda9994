import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { EventLoop } from "../../packages/local/eventLoop.ts"
import { open } from "../../packages/local/sqlite.ts"
import { groupCommit } from "../../packages/local/store/groupCommit.ts"
import { temporaryFile } from "../layers/sqliteStores.ts"

const made = Effect.fnUntraced(function* (eventLoop?: EventLoop) {
  const path = yield* temporaryFile
  const sqlite = yield* open(path, "CREATE TABLE things (name TEXT PRIMARY KEY)")
  const insert = sqlite.prepare("INSERT INTO things VALUES (?) RETURNING name")
  const { commit, turn } = groupCommit(sqlite, eventLoop)
  return {
    add: (...names: ReadonlyArray<string>) => commit(() => names.map((name) => insert.get(name)?.name)),
    addUrgent: (name: string) => commit(() => insert.get(name)?.name, { urgent: true }),
    turn,
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
      const { add, stored } = yield* made()
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
      const { add, stored } = yield* made()
      yield* add("a")
      const [ok, twice, alsoOk] = yield* Effect.all(
        [Effect.exit(add("b")), Effect.exit(add("d", "a")), Effect.exit(add("c"))],
        together,
      )
      assert.deepStrictEqual([ok._tag, twice._tag, alsoOk._tag], ["Success", "Failure", "Success"])
      assert.deepStrictEqual(yield* stored, ["a", "b", "c"])
    }),
  )

  it.effect("lets whoever is urgent go on before all others, in the same transaction", () =>
    Effect.gen(function* () {
      const { add, addUrgent, stored } = yield* made()
      const order: Array<string> = []
      const seen = (name: string) => Effect.sync(() => order.push(name))
      const urgent = Effect.andThen(Effect.tap(addUrgent("c"), seen("c")), stored)
      const [, , all] = yield* Effect.all(
        [Effect.tap(add("a"), seen("a")), Effect.tap(add("b"), seen("b")), urgent],
        together,
      )
      assert.deepStrictEqual(order, ["c", "a", "b"])
      assert.deepStrictEqual(all, ["a", "b", "c"])
    }),
  )

  it.effect("answers whoever is urgent while many others have yet to go on", () =>
    Effect.gen(function* () {
      // Each look at the clock finds a slice over.
      let time = 0
      const { addUrgent, turn } = yield* made({ now: () => (time += 50), isConnecting: () => false })
      let gone = 0
      const work = Effect.tap(
        turn,
        Effect.sync(() => (gone += 1)),
      )
      const before = Effect.tap(
        addUrgent("a"),
        Effect.sync(() => assert.isBelow(gone, 3)),
      )
      yield* Effect.all([...Array.from({ length: 20 }, () => work), before], together)
      assert.strictEqual(gone, 20)
    }),
  )

  it.effect("works more at a time while nobody has to be answered", () =>
    Effect.gen(function* () {
      let [time, turns] = [1_000, 0]
      const { addUrgent, turn } = yield* made({
        now: () => (time += 0.1),
        isConnecting: () => {
          turns += 1
          return false
        },
      })
      const turnsFor = Effect.gen(function* () {
        turns = 0
        yield* Effect.all(
          Array.from({ length: 40 }, () => turn),
          together,
        )
        return turns
      })
      const quiet = yield* turnsFor
      yield* addUrgent("a")
      const requested = yield* turnsFor
      assert.isBelow(quiet, requested / 4)
      time += 100
      assert.strictEqual(yield* turnsFor, quiet)
    }),
  )

  it.effect.each([
    ["people connect", true],
    ["requests come in each turn", false],
  ] as const)("works nothing while %s, unless that goes on for long", ([_, connecting]) =>
    Effect.gen(function* () {
      let [time, isConnecting] = [1_000, false]
      const { addUrgent, turn } = yield* made({ now: () => time, isConnecting: () => isConnecting })
      yield* turn
      yield* addUrgent("first")
      isConnecting = connecting
      let isGone = false
      const work = Effect.tap(
        turn,
        Effect.sync(() => (isGone = true)),
      )
      const requests = Effect.gen(function* () {
        for (const name of ["a", "b", "c"]) yield* addUrgent(name)
        assert.isFalse(isGone)
        time += 200
      })
      yield* Effect.all([work, requests], together)
      assert.isTrue(isGone)
    }),
  )
})
