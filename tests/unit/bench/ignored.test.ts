import { assert, describe, it } from "@effect/vitest"
import { early, ignoredOf } from "../../../bench/load/ignored.ts"

const sentAt = "2026-03-04T05:06:07.000Z"
const sent = Date.parse(sentAt)
const act = { id: 12, person: 3, button: "watch_video" } as const
const person = { state: "WELCOME_VIDEO_SENT", state_progress: { WELCOME_VIDEO_SENT: { sentAt } } }

describe("an update that was ignored", () => {
  it("is none that was applied, or has no outcome", () => {
    assert.isUndefined(ignoredOf(act, sent, "applied", person))
    assert.isUndefined(ignoredOf(act, sent, "", person))
  })

  it("is explained for a tap that was made before what it asks for had come", () => {
    assert.deepStrictEqual(ignoredOf(act, sent - 400, "ignored: coalesced", person), { reason: early })
    const greeted = { state: "TTS_SENT", state_progress: { TTS_SENT: { sentAt } } }
    for (const button of ["play_audio", "finish"] as const) {
      assert.deepStrictEqual(ignoredOf({ ...act, button }, sent, "ignored: coalesced", greeted), { reason: early })
    }
  })

  it("is not for a tap that was made when it had come, or never came", () => {
    const reason = "coalesced, though what they ask for had come"
    assert.deepStrictEqual(ignoredOf(act, sent + 5_200, "ignored: coalesced", person), {
      reason,
      unexplained: "update 12, watch_video, 5200 ms after what it asks for had come",
    })
    for (const nobody of [undefined, { ...person, state_progress: {} }]) {
      assert.deepStrictEqual(ignoredOf(act, sent, "ignored: coalesced", nobody), {
        reason,
        unexplained: "update 12, watch_video, which asks for what never came",
      })
    }
  })

  it("is not for any other reason, nor for a /start", () => {
    assert.deepStrictEqual(ignoredOf(act, sent - 400, "ignored: stale", person), {
      reason: "stale",
      unexplained: "update 12, watch_video",
    })
    assert.deepStrictEqual(ignoredOf({ ...act, button: undefined }, sent - 400, "ignored: coalesced", person), {
      reason: "coalesced",
      unexplained: "update 12, /start",
    })
  })
})
