import { Settings } from "@concierge/core/services/Settings.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Schema from "effect/Schema"

/** What a look at a table and a write to it take, in milliseconds. */
const [read, written] = [6, 10]

/** One table for all containers, as far as the pace needs it. */
export const makeMemorySettings = () => {
  const values = new Map<string, { readonly version: number } & Readonly<Record<string, Schema.Json>>>()
  const used = { reads: 0, writes: 0 }
  const unused = Effect.die(new Error("the pace gets and swaps"))
  const settings = Settings.of({
    get: (key) =>
      Effect.gen(function* () {
        used.reads += 1
        yield* Effect.sleep(read)
        return Option.fromUndefinedOr(values.get(key))
      }),
    swap: ({ before, key, value }) =>
      Effect.gen(function* () {
        used.writes += 1
        yield* Effect.sleep(written / 2)
        const isOurs = values.get(key)?.version === before
        if (isOurs) values.set(key, value)
        yield* Effect.sleep(written / 2)
        return isOurs
      }),
    put: () => unused,
    remove: () => unused,
    count: () => unused,
    throttle: () => unused,
    release: () => unused,
  })
  return { settings, used }
}
