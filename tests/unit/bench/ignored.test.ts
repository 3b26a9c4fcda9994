import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import { early, ignoredOf } from "../../../bench/load/ignored.ts"
import { states, stepOf } from "../../fixtures/concierge.ts"

const [video, greeting, finish] = [stepOf("video"), stepOf("voice"), stepOf("finish")]

const step = { state: "any", at: iso("2026-03-04T05:06:06.000Z"), updateId: "1", took: 1_000 }
const sent = Date.parse("2026-03-04T05:06:07.000Z")
const act = { id: 12, person: 3, button: video.data }
const person = { state: states.video, state_progress: { [video.id]: step } }

describe("an update that was ignored", () => {
  it("is none that was applied, or has no outcome", () => {
    assert.isUndefined(ignoredOf(act, sent, "applied", person))
    assert.isUndefined(ignoredOf(act, sent, "", person))
  })

  it("is explained for a tap that was made before what it asks for had come", () => {
    assert.deepStrictEqual(ignoredOf(act, sent - 400, "ignored: coalesced", person), { reason: early })
    const greeted = { state: states.greeting, state_progress: { [greeting.id]: step } }
    for (const button of [greeting.data, finish.data]) {
      assert.deepStrictEqual(ignoredOf({ ...act, button }, sent, "ignored: coalesced", greeted), { reason: early })
    }
  })

  it("is not for a tap that was made when it had come, or never came", () => {
    const reason = "coalesced, though what they ask for had come"
    assert.deepStrictEqual(ignoredOf(act, sent + 5_200, "ignored: coalesced", person), {
      reason,
      unexplained: `update 12, ${video.data}, 5200 ms after what it asks for had come`,
    })
    for (const nobody of [undefined, { ...person, state_progress: {} }]) {
      assert.deepStrictEqual(ignoredOf(act, sent, "ignored: coalesced", nobody), {
        reason,
        unexplained: `update 12, ${video.data}, which asks for what never came`,
      })
    }
  })

  it("is not for any other reason, nor for a /start", () => {
    assert.deepStrictEqual(ignoredOf(act, sent - 400, "ignored: stale", person), {
      reason: "stale",
      unexplained: `update 12, ${video.data}`,
    })
    assert.deepStrictEqual(ignoredOf({ ...act, button: undefined }, sent - 400, "ignored: coalesced", person), {
      reason: "coalesced",
      unexplained: "update 12, /start",
    })
  })
})
