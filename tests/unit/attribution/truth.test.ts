import { recount, repair } from "@concierge/core/attribution/recount.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Archive from "../../../packages/local/store/Archive.ts"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { inMortalWorld } from "../../layers/crash.ts"
import { truth } from "../../truth/run.ts"

describe("the funnel's report", () => {
  it.effect("is what really happened, cell by cell: crashes, duplicates, restarts and deletions included", () =>
    Effect.gen(function* () {
      const { crashes, differences, repeats } = yield* truth({ people: 40, links: 10 })
      assert.deepStrictEqual(differences, [])
      assert.isAbove(crashes, 0)
      assert.isAbove(repeats, 0)

      const { sqlite } = yield* Tables
      sqlite.exec("DELETE FROM settings WHERE key IN (SELECT key FROM settings WHERE key LIKE 'funnel#%' LIMIT 3)")
      const { differences: missing } = yield* recount("")
      assert.isNotEmpty(missing)
      yield* repair(missing, "now")
      assert.deepStrictEqual((yield* recount("")).differences, [])
    }).pipe(Effect.provide(Archive.layer), inMortalWorld),
  )
})
