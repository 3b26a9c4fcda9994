import { Events } from "@concierge/core/services/Events.ts"
import { Parked } from "@concierge/core/services/Parked.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { dynamoWire, Wire } from "../layers/dynamoWire.ts"
import { cut, pass } from "../layers/faults.ts"
import { refusals } from "./fixtures/dynamoFaults.ts"
import { later, rawClaimOf, update } from "./suites/events/updates.ts"

describe("a scan of DynamoDB's", () => {
  it.live("goes on where it was when a page does not come, and asks for none twice", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const wire = yield* Wire
      const claims = Array.from({ length: 60 }, () => ({ ...rawClaimOf(update()), payload: "x".repeat(40_000) }))
      yield* Effect.forEach(claims, (claim) => events.claim(claim), { concurrency: 10 })
      yield* Effect.forEach(claims, ({ eventId }) => events.finish({ eventId, outcome: "parked", at: later }), {
        concurrency: 10,
      })
      const before = wire.requests.length
      wire.faults.push(pass, cut)
      assert.lengthOf(yield* (yield* Parked).list(100), 60)
      const asked = wire.requests.slice(before).map(({ body }) => JSON.parse(String(body)))
      const starts = asked.map(({ ExclusiveStartKey }) => JSON.stringify(ExclusiveStartKey))
      // Three pages of a megabyte, the second asked for once more.
      assert.deepStrictEqual([starts.length, new Set(starts).size, starts[2]], [4, 3, starts[1]])
    }).pipe(Effect.provide(dynamoWire)),
  )

  it.live.each(Object.entries(refusals))("%s will not change and is not tried again", ([, fault]) =>
    Effect.gen(function* () {
      const wire = yield* Wire
      const before = wire.requests.length
      wire.faults.push(fault)
      const { reason } = yield* Effect.flip((yield* Parked).list(1))
      assert.strictEqual(reason._tag, "Unavailable")
      assert.strictEqual(wire.requests.length - before, 1)
    }).pipe(Effect.provide(dynamoWire)),
  )
})
