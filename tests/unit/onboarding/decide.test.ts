import { brand } from "@concierge/brands/concierge/brand.ts"
import { maxAge } from "@concierge/core/delivery/times.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Action, Trigger } from "@concierge/core/onboarding/Action.ts"
import { decide } from "@concierge/core/onboarding/decide.ts"
import { after as followerOf, newState } from "@concierge/core/onboarding/Flow.ts"
import { isBlocked } from "@concierge/core/onboarding/membership.ts"
import { pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import { newUser, type User } from "@concierge/core/onboarding/User.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import { stepOf } from "../../fixtures/concierge.ts"

const now = iso("2026-03-04T05:06:07.000Z")
const lock = { token: "t", event: eventId("e"), until: now }
const minute = 60_000

const user = (change: Partial<User> = {}): User => ({
  ...newUser({ userId: userIdOf(7), telegramId: 7, sessionId: sessionId("s"), now: plus(now, -60 * minute), lock }),
  first_start_ts: plus(now, -60 * minute),
  ...change,
})

const action = (trigger: Trigger, at = now): Action => ({ _tag: "Action", person: { id: 7 }, trigger, at })

const tap = (data: string): Trigger => ({ _tag: "Button", button: pressedOf(brand, data), queryId: "q" })

const start: Trigger = { _tag: "Start", payload: "" }

const planOf = (person: User, trigger: Trigger, at = now, worked = at) =>
  decide(brand.flow, person, action(trigger, at), { receivedAt: at, now: worked, maxAge })

/** Somebody who has been through. */
const done: Partial<User> = { state: stepOf("finish").state, finished_at: plus(now, -30 * minute) }

const ignored = (reason: string) => ({ _tag: "Note", outcome: `ignored: ${reason}` })

describe("the states", () => {
  it("follow each other to the end, and nothing leads past it", () => {
    const { first } = brand.flow
    const second = followerOf(brand.flow, first)
    const third = second === undefined ? undefined : followerOf(brand.flow, second)
    // As they have been stored since the first person came: they are the contract.
    const names = [newState, ...[first, second, third].map((step) => step?.state)]
    assert.deepStrictEqual(names, ["NEW", "WELCOME_VIDEO_SENT", "TTS_SENT", "DONE"])
    assert.isUndefined(third === undefined ? undefined : followerOf(brand.flow, third))
  })
})

describe("what is too old", () => {
  it("is an update over thirty days, counted from when we received it", () => {
    assert.deepStrictEqual<unknown>(planOf(user(), start, now, plus(now, 30 * 86_400_000)), {
      _tag: "Advance",
      step: stepOf("video"),
    })
    assert.deepStrictEqual<unknown>(planOf(user(), start, now, plus(now, 30 * 86_400_000 + 1)), ignored("expired"))
  })

  it("is one more than ten minutes older than what the person did since", () => {
    const active = (millis: number) => user({ profile_at: plus(now, millis) })
    assert.deepStrictEqual<unknown>(planOf(active(10 * minute), start), { _tag: "Advance", step: stepOf("video") })
    assert.deepStrictEqual<unknown>(planOf(active(10 * minute + 1), start), ignored("stale"))
  })

  it("is a /restart that comes ten minutes late to somebody who did anything since", () => {
    for (const trigger of [{ _tag: "Restart" } as const, tap("restart"), tap("language:es")]) {
      const since = user({ ...done, profile_at: plus(now, 1_000) })
      assert.notDeepEqual<unknown>(planOf(since, trigger, now, plus(now, 10 * minute)), ignored("stale"))
      assert.deepStrictEqual<unknown>(planOf(since, trigger, now, plus(now, 10 * minute + 1)), ignored("stale"))
      const idle = user({ ...done, profile_at: now })
      assert.notDeepEqual<unknown>(planOf(idle, trigger, now, plus(now, 86_400_000)), ignored("stale"))
    }
  })

  it("is not a step that comes late: onboarding goes on where it was left", () => {
    const since = user({ profile_at: plus(now, 1_000) })
    assert.deepStrictEqual<unknown>(planOf(since, tap("watch_video"), now, plus(now, 86_400_000)), {
      _tag: "Advance",
      step: stepOf("video"),
    })
  })
})

describe("a yes to /forgetme", () => {
  const asked = Date.parse(now) / 1000
  const yes = tap(`forget:${asked}`)

  it("is good for ten minutes from the question, by when it was pressed", () => {
    assert.deepStrictEqual<unknown>(planOf(user(), yes, plus(now, 10 * minute)), { _tag: "Forget" })
    assert.deepInclude<object>(planOf(user(), yes, plus(now, 10 * minute + 1)), { saying: "forgetExpired" })
    assert.deepStrictEqual<unknown>(planOf(user(), yes, plus(now, minute), plus(now, 600 * minute)), { _tag: "Forget" })
  })
})

describe("somebody who has blocked the bot", () => {
  const blocked = user({ blocked: true, membership_at: now })

  it("proves the opposite only with a message that is no older than the mark", () => {
    const later = plus(now, 1_000)
    assert.isTrue(isBlocked(blocked, action(start, plus(now, -1))))
    assert.isFalse(isBlocked(blocked, action(start)))
    assert.isFalse(isBlocked(blocked, action(start, later)))
    for (const trigger of [tap("finish"), { _tag: "Edited" }, { _tag: "Membership", blocked: false }] as const) {
      assert.isTrue(isBlocked(blocked, action(trigger, later)))
    }
  })

  it("is unblocked by a change that is no older than the mark, and marked only by a newer one", () => {
    const change = (blocked: boolean): Trigger => ({ _tag: "Membership", blocked })
    const applied = { _tag: "Note", outcome: "applied" }
    assert.deepStrictEqual<unknown>(planOf(blocked, change(false)), applied)
    assert.deepStrictEqual<unknown>(planOf(blocked, change(true)), ignored("not newer"))
    assert.deepStrictEqual<unknown>(planOf(blocked, change(false), plus(now, -1)), ignored("not newer"))
    assert.deepStrictEqual<unknown>(planOf(blocked, change(true), plus(now, 1_000)), applied)
    assert.deepStrictEqual<unknown>(planOf(user(), change(true)), applied)
  })
})
