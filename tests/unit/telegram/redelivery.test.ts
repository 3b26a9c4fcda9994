import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { lifetimeOf, redelivery } from "../../../packages/local/telegram/redelivery.ts"

describe("redelivery", () => {
  it("is at once, then after 2, 4, 8 … seconds, at most 60", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((failures) => Duration.toSeconds(redelivery.delay(failures)))
    assert.deepStrictEqual(waits, [0, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  it("goes on for a day, for a tap 150 seconds", () => {
    assert.strictEqual(lifetimeOf("message"), 86_400_000)
    assert.strictEqual(lifetimeOf("my_chat_member"), 86_400_000)
    assert.strictEqual(lifetimeOf("callback_query"), 150_000)
  })
})
