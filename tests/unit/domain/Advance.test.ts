import type { Action } from "@concierge/core/onboarding/Action.ts"
import { type Done, after as personAfter, resultOf, withProfile } from "@concierge/core/onboarding/commit.ts"
import { newUser, type User } from "@concierge/core/onboarding/User.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"

const now = "2026-03-04T05:06:07.890Z"
const at = "2026-03-04T05:06:05.000Z"

const user = (change: Partial<User> = {}): User => ({
  ...newUser({
    userId: "telegram_7",
    telegramId: 7,
    sessionId: "s1",
    now: at,
    lock: { token: "t", event: "e", until: now },
  }),
  ...change,
})

const action = (change: Partial<Action> = {}): Action => ({
  _tag: "Action",
  person: { id: 7 },
  trigger: { _tag: "Start", payload: "" },
  at,
  ...change,
})

const done = (change: Partial<Done> = {}): Done => ({
  event: "4242:1",
  updateId: "1",
  action: action(),
  plan: { _tag: "Advance", step: "video" },
  outcome: "applied",
  now,
  newSessionId: "s2",
  prune: [],
  ...change,
})

describe("the profile", () => {
  const eva = { id: 7, first_name: "Eva", username: "eva", language_code: "es" }

  it("is that of the newest update, in whatever order they come", () => {
    const newest = withProfile(user(), action({ person: eva }))
    assert.deepInclude(newest, { firstName: "Eva", username: "eva", languageCode: "es", profile_at: at })
    assert.deepStrictEqual(
      withProfile(newest, action({ person: { id: 7, first_name: "Old" }, at: plus(at, -1) })),
      newest,
    )
  })

  it("loses what the person has taken out of it", () => {
    const before = withProfile(user({ lastName: "García" }), action({ person: eva }))
    const bare = withProfile(before, action({ person: { id: 7 }, at: plus(at, 1) }))
    for (const name of ["firstName", "lastName", "username", "languageCode"]) assert.notProperty(bare, name)
  })
})

describe("the person after an update", () => {
  it("gives up what delivery held on to", () => {
    const before = user({ not_before: now, unresolved: 3, ambiguous: 1 })
    const saved = personAfter(before, done())
    assert.notProperty(saved, "lock")
    assert.notProperty(saved, "not_before")
    assert.deepInclude(saved, { unresolved: 0, ambiguous: 3 })
    assert.strictEqual(resultOf(before, done()).ambiguous, 2)
  })

  it("is later than before, although the clock of this worker is behind: a run's end replaces its start", () => {
    const before = user({ updatedAt: plus(now, 4_000) })
    const later = plus(now, 4_001)
    assert.strictEqual(personAfter(before, done()).updatedAt, later)
    assert.strictEqual(resultOf(before, done()).at, later)
    assert.strictEqual(resultOf(user({ updatedAt: plus(now, -1) }), done()).at, now)
  })

  it("carries the outcome, and no longer the ids that are pruned", () => {
    const recent = { "4242:0": resultOf(user(), done()), "4242:9": resultOf(user(), done()) }
    const saved = personAfter(user({ recent }), done({ prune: ["4242:0"] }))
    assert.sameMembers(Object.keys(saved.recent), ["4242:9", "4242:1"])
    assert.deepInclude(saved.recent["4242:1"], {
      outcome: "applied",
      run: 1,
      sessionId: "s1",
      reached: "WELCOME_VIDEO_SENT",
    })
  })

  it("reached a state when its message began to be sent", () => {
    const times = { begunAt: plus(now, -900), sentAt: plus(now, -100) }
    const first = personAfter(user(), done(times))
    const entry = { at: times.begunAt, updateId: "1", sentAt: times.sentAt }
    assert.deepStrictEqual(first.state_progress, { WELCOME_VIDEO_SENT: entry })
    const repeat = done({ plan: { _tag: "Repeat", step: "video" }, updateId: "2", event: "4242:2", sentAt: now })
    const again = personAfter({ ...first, lock: { token: "t", event: "e", until: now } }, repeat)
    assert.deepStrictEqual(again.state_progress, { WELCOME_VIDEO_SENT: { ...entry, sentAt: now } })
    assert.deepInclude(again, { state: first.state, version: first.version })
  })

  it("starts a run of its own with a /restart, which says what it left", () => {
    const before = personAfter(user(), done({ attribution: { ref_code: "a" } }))
    const restart = done({ plan: { _tag: "Restart" }, event: "4242:2" })
    const saved = personAfter(before, restart)
    assert.deepInclude(saved, { state: "NEW", run: 2, version: 2, sessionId: "s2", ref_code: "a" })
    assert.deepStrictEqual(saved.state_progress, {})
    assert.deepInclude(resultOf(before, restart), { left: "WELCOME_VIDEO_SENT", run: 1, sessionId: "s1" })
  })

  it("does not move when the message did not arrive", () => {
    for (const plan of [{ _tag: "Advance", step: "video" }, { _tag: "Restart" }] as const) {
      for (const outcome of ["ignored: blocked", "ignored: undeliverable"] as const) {
        const saved = personAfter(user(), done({ plan, outcome, blocked: outcome === "ignored: blocked" }))
        assert.deepInclude(saved, { state: "NEW", run: 1, version: 0, sessionId: "s1" })
        assert.notProperty(resultOf(user(), done({ plan, outcome })), "reached")
        assert.notProperty(resultOf(user(), done({ plan, outcome })), "left")
      }
    }
  })

  it("is blocked as of this second when Telegram says so: a message of the next one proves the opposite", () => {
    const saved = personAfter(user(), done({ outcome: "ignored: blocked", blocked: true }))
    assert.deepInclude(saved, { blocked: true, membership_at: "2026-03-04T05:06:07.000Z" })
  })

  it("was attributed by a /start that was not too old, whether or not its message arrived", () => {
    const attribution = { ref_code: "a" }
    for (const outcome of ["applied", "ignored: blocked", "ignored: undeliverable"] as const) {
      assert.deepInclude(personAfter(user(), done({ attribution, outcome })), { ...attribution, attributed_at: at })
    }
    const expired = personAfter(user(), done({ attribution, outcome: "ignored: expired" }))
    assert.doesNotHaveAnyKeys(expired, ["attributed_at", "ref_code"])
    const stale = personAfter(user(), done({ attribution, outcome: "ignored: stale" }))
    assert.deepInclude(stale, { ...attribution, attributed_at: at })
    for (const outcome of ["ignored: stale", "ignored: expired"] as const) {
      assert.notProperty(personAfter(user(), done({ attribution, outcome })), "first_start_ts")
    }
  })
})
