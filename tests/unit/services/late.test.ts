import { late } from "@concierge/aws/sdk/late.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"

/** A client that cannot be loaded so often, and what became of it. */
const loading = (failures: number) => {
  const seen = { loads: 0, destroyed: 0 }
  const load = async () => {
    seen.loads += 1
    if (seen.loads <= failures) throw new Error("EMFILE: too many open files")
    const destroy = (): void => {
      seen.destroyed += 1
    }
    return { client: { destroy } }
  }
  return { seen, load }
}

describe("a client that is loaded late", () => {
  it.effect("is loaded once for all, and closed with the scope", () =>
    Effect.gen(function* () {
      const { load, seen } = loading(0)
      yield* Effect.scoped(
        Effect.gen(function* () {
          const client = yield* late(load)
          assert.strictEqual(seen.loads, 0)
          const [one, other] = yield* Effect.all([client, client], { concurrency: 2 })
          assert.strictEqual(one, other)
        }),
      )
      assert.deepStrictEqual(seen, { loads: 1, destroyed: 1 })
    }),
  )

  it.effect("and cannot be is Unavailable, and may be there the next time: one bad moment spoils no container", () =>
    Effect.gen(function* () {
      const { load, seen } = loading(1)
      yield* Effect.scoped(
        Effect.gen(function* () {
          const client = yield* late(load)
          const refused = Effect.map(Effect.flip(client), ({ _tag }) => _tag)
          assert.deepStrictEqual(yield* Effect.all([refused, refused], { concurrency: 2 }), [
            "Unavailable",
            "Unavailable",
          ])
          yield* client
        }),
      )
      assert.deepStrictEqual(seen, { loads: 2, destroyed: 1 })
    }),
  )

  it.effect("and never could be has nothing to close", () =>
    Effect.gen(function* () {
      const { load, seen } = loading(9)
      yield* Effect.scoped(Effect.flatMap(late(load), Effect.flip))
      assert.deepStrictEqual(seen, { loads: 1, destroyed: 0 })
    }),
  )
})
