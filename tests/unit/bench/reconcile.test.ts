import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import { early } from "../../../bench/load/ignored.ts"
import { problemOf } from "../../../bench/load/problemOf.ts"
import { type Facts, reconcile } from "../../../bench/load/reconcile.ts"
import { states, stepOf } from "../../fixtures/concierge.ts"

const stats = { accepted: 10, applied: 9, ignored: 1, parked: 0, dead: 0, queued: 0, sent: 9 }
const people = { started: 7, chats: 1, wrong: [], ignored: [{ reason: early }] }
const good: Facts = { requests: 10, ok: 10, stats, people }

const troubles = (facts: Partial<Facts>) =>
  reconcile({ ...good, ...facts }).flatMap(({ trouble }) => (trouble === undefined ? [] : [trouble]))

describe("the reconciliation", () => {
  it("has nothing to say when the numbers add up", () => {
    assert.deepStrictEqual(troubles({}), [])
  })

  it.each<[string, Partial<Facts>, ReadonlyArray<string>]>([
    ["not answered", { requests: 12 }, ["2 requests were not answered with 200"]],
    [
      "answered and not taken in",
      { stats: { ...stats, accepted: 8, applied: 7, sent: 7 } },
      ["2 updates were answered with 200 and are lost"],
    ],
    [
      "taken in and not answered",
      { ok: 9 },
      ["1 requests were not answered with 200", "1 updates were taken in without an answer of 200"],
    ],
    [
      "without an outcome",
      { stats: { ...stats, applied: 8, sent: 8 } },
      ["10 updates were accepted, but 9 have an outcome"],
    ],
    [
      "still queued",
      { stats: { ...stats, applied: 6, sent: 6, queued: 3 } },
      ["3 updates are still queued and their number does not fall", "10 updates were accepted, but 7 have an outcome"],
    ],
    ["parked", { stats: { ...stats, applied: 8, sent: 8, parked: 1 } }, ["1 updates are parked"]],
    ["dead", { stats: { ...stats, applied: 8, sent: 8, dead: 1 } }, ["1 updates are dead letters"]],
    [
      "ignored for what the mix does not explain",
      {
        stats: { ...stats, applied: 7, ignored: 3, sent: 7 },
        people: {
          ...people,
          ignored: [
            { reason: early },
            { reason: "stale", unexplained: "update 7, finish" },
            { reason: "stale", unexplained: "update 9, finish" },
          ],
        },
      },
      [
        "2 updates were ignored as stale: nothing in the mix explains that. Look at what decide() makes of update 7, finish",
      ],
    ],
    [
      "ignored, and their events say otherwise",
      { people: { ...people, ignored: [] } },
      ["1 updates were ignored, but the events of 0 say so"],
    ],
    ["sent twice", { stats: { ...stats, sent: 10 } }, ["10 messages were sent for 9 applied updates"]],
    [
      "a person",
      { people: { ...people, wrong: ["7 is not stored"] } },
      ["people are not as they should be: 7 is not stored"],
    ],
  ])("says what is wrong: %s", (_, facts, expected) => {
    assert.deepStrictEqual(troubles(facts), expected)
  })
})

describe("a person after the run", () => {
  const person = {
    state: states.video,
    state_progress: {
      [stepOf("video").id]: { state: states.video, at: iso("2026-03-04T05:06:07.000Z"), updateId: "1" },
    },
    ref_code: "summer24",
  }

  it("stands where their taps have brought them", () => {
    assert.isUndefined(problemOf(person, 0, 0))
    assert.isUndefined(problemOf(person, 1, 0))
    assert.isUndefined(problemOf(person, 1, 1))
    assert.isUndefined(problemOf({ ...person, state: states.greeting }, 2, 0))
    assert.isUndefined(problemOf({ ...person, state: states.greeting }, 3, 1))
    assert.isUndefined(problemOf({ ...person, state: states.done }, 3, 0))
    assert.isUndefined(problemOf({ ...person, state: states.done }, 3, 1))
  })

  it("is wrong when something did not happen, or what they did not ask for did", () => {
    assert.strictEqual(problemOf(undefined, 0, 0), "is not stored")
    assert.strictEqual(
      problemOf({ ...person, state: states.new, state_progress: {} }, 0, 0),
      `got no ${stepOf("video").id}`,
    )
    assert.strictEqual(problemOf(person, 2, 0), `is in ${states.video} after 2 taps, 0 of them ignored`)
    assert.strictEqual(
      problemOf({ ...person, state: states.greeting }, 3, 0),
      `is in ${states.greeting} after 3 taps, 0 of them ignored`,
    )
    assert.strictEqual(
      problemOf({ ...person, state: states.done }, 2, 0),
      `is in ${states.done} after 2 taps, 0 of them ignored`,
    )
    assert.strictEqual(problemOf({ ...person, ref_code: "winter" }, 0, 0), "is attributed to winter")
  })
})
