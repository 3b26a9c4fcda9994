import { brand as marea } from "@concierge/brands/marea/brand.ts"
import { doubtOf } from "@concierge/core/forgetting/doubtOf.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Pressed } from "@concierge/core/onboarding/Pressed.ts"
import { provenBy } from "@concierge/core/onboarding/proven.ts"
import { newUser, type Unseen, type User } from "@concierge/core/onboarding/User.ts"
import { timesUnseen, unseenAfter } from "@concierge/core/onboarding/unseen.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"

const now = iso("2026-03-04T05:06:07.890Z")
const event = eventId("4242:9")
const earlier = eventId("4242:1")

const inDoubt = (of: string, change: Partial<Unseen[string]> = {}): User => ({
  ...newUser({
    userId: userIdOf(7),
    telegramId: 7,
    sessionId: sessionId("s1"),
    now,
    lock: { token: "t", event, until: now },
  }),
  unseen: { [of]: { event: earlier, times: 1, since: now, ...change } },
})

describe("a message in doubt", () => {
  it("that was given up is sent no more to who asked before, and anew to who asks after", () => {
    const user = inDoubt("level", { times: 0, givenUp: now })
    assert.strictEqual(timesUnseen({ user, of: "level", askedAt: now }), Number.POSITIVE_INFINITY)
    assert.strictEqual(timesUnseen({ user, of: "level", askedAt: plus(now, 1) }), 0)
  })

  it("is none any more when it arrived; given up, its copies are counted from nothing; others stay", () => {
    const { unseen = {} } = inDoubt("level", { times: 2 })
    const left = (id: string, is: "sent" | "given up") => unseenAfter({ unseen }, { event, now, step: { id, is } })
    assert.deepStrictEqual(left("level", "sent"), {})
    assert.deepStrictEqual(left("level", "given up"), {
      level: { event: earlier, times: 0, since: now, givenUp: now },
    })
    assert.deepStrictEqual(left("hello", "sent"), unseen)
  })
})

describe("a tap proves that a step arrived", () => {
  const tapped = (user: User, button: Pressed | undefined, shownAt = now) =>
    provenBy(marea.flow, user, {
      _tag: "Action",
      person: { id: 7 },
      trigger: { _tag: "Button", button, queryId: "q", shownAt },
      at: now,
    })?.step.id

  const answer = (question: string): Pressed => ({ _tag: "Answer", question, choice: "never" })
  const stepTo = (id: string): Pressed => ({ _tag: "Step", data: marea.flow.byId.get(id)?.data ?? "" })

  it("by an answer to this very question", () => {
    const user = inDoubt("level")
    assert.strictEqual(tapped(user, answer("level")), "level")
    assert.isUndefined(tapped(user, answer("season")))
    assert.isUndefined(tapped(user, stepTo("lesson")))
  })

  it("by the button that leads on from it, and by no other", () => {
    const user = inDoubt("hello")
    assert.strictEqual(tapped(user, stepTo("level")), "hello")
    assert.isUndefined(tapped(user, stepTo("lesson")))
    assert.isUndefined(tapped(user, answer("hello")))
    assert.isUndefined(tapped(user, undefined))
  })

  it("on a message that is not from long before it", () => {
    const user = inDoubt("hello")
    assert.strictEqual(tapped(user, stepTo("level"), plus(now, -5_000)), "hello")
    assert.isUndefined(tapped(user, stepTo("level"), plus(now, -5_001)))
  })
})

describe("begins that were never resolved", () => {
  it("are said of an update only where there are any", () => {
    assert.deepStrictEqual([undefined, 0, 1, 2].map(doubtOf), [{}, {}, { ambiguous: 1 }, { ambiguous: 2 }])
  })
})
