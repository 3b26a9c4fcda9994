import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import { type Unlocked, unlocked } from "@concierge/core/onboarding/profile.ts"
import { lastOf, touched } from "@concierge/core/onboarding/touched.ts"
import { type Attribution, newUser } from "@concierge/core/onboarding/User.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"

const first = iso("2026-03-04T05:06:05.000Z")
const later = plus(first, 60_000)

/** Somebody who came by this first, and last by that. */
const cameBy = (by: Attribution, last?: Partial<Unlocked>): Unlocked => {
  const lock = { token: "t", event: eventId("e"), until: first }
  const nobody = newUser({ userId: userIdOf(7), telegramId: 7, sessionId: sessionId("s"), now: first, lock })
  return {
    ...unlocked(nobody),
    ...by,
    attributed_at: first,
    ...(last !== undefined && { last_touch_at: later, ...last }),
  }
}

const spring = { source: "poster", campaign: "spring" }

describe("the last touch, beside the first", () => {
  it.each([
    ["none", cameBy({ ref_code: "a" }), undefined],
    [
      "earlier than the first",
      cameBy({ ref_code: "a" }, { last_touch_at: plus(first, -1), last_ref_code: "b" }),
      undefined,
    ],
    ["the same code", cameBy({ ref_code: "a" }, { last_ref_code: "a" }), undefined],
    ["another code", cameBy({ ref_code: "a" }, { last_ref_code: "b" }), "-"],
    ["the same campaign", cameBy({ utm: spring }, { last_utm: spring }), undefined],
    ["another campaign", cameBy({ utm: spring }, { last_utm: { ...spring, campaign: "summer" } }), "-"],
    ["a code after a campaign", cameBy({ utm: spring }, { last_ref_code: "b" }), "-"],
    ["a campaign after a code", cameBy({ ref_code: "a" }, { last_utm: spring }), "-"],
    ["the same link, changed since", cameBy({ linkId: "one", utm: spring }, { last_link: "one" }), undefined],
    ["another link", cameBy({ linkId: "one" }, { last_link: "two" }), "two"],
    ["a link after a code", cameBy({ ref_code: "a" }, { last_link: "two" }), "two"],
    ["a code after a link", cameBy({ linkId: "one" }, { last_ref_code: "a" }), "-"],
  ] as const)("%s", (_, user, last) => assert.deepStrictEqual(lastOf(user), last === undefined ? {} : { last }))

  it("is what came last, whole, whichever of them is worked first", () => {
    const by = (user: Unlocked, at: typeof first, attribution: Attribution) => {
      const action = { _tag: "Action", person: { id: 7 }, trigger: { _tag: "Start", payload: "" }, at } as const
      const about = {
        event: eventId("e"),
        updateId: "1",
        now: later,
        language: "en",
        newSessionId: sessionId("s2"),
      } as const
      const plan = { _tag: "Say", saying: "button" } as const
      const more = { plan, sent: undefined, countedAs: undefined, prune: [] }
      return touched(user, { ...about, ...more, action, touch: { came: "unlinked", attribution } }, "applied")
    }
    const known = by(by(cameBy({ ref_code: "a" }), later, { linkId: "two", clickId: "c", utm: spring }), first, {})
    assert.deepInclude(known, { ref_code: "a", attributed_at: first, last_touch_at: later })
    assert.deepInclude(known, { last_link: "two", last_click: "c", last_utm: spring })
    assert.notProperty(known, "last_ref_code")
    const again = by(known, plus(later, 1), { ref_code: "b" })
    assert.deepInclude(again, { ref_code: "a", last_touch_at: plus(later, 1), last_ref_code: "b" })
    for (const gone of ["last_link", "last_click", "last_utm"]) assert.notProperty(again, gone)
  })
})
