import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Acted } from "@concierge/core/onboarding/Acted.ts"
import type { Action } from "@concierge/core/onboarding/Action.ts"
import { commit } from "@concierge/core/onboarding/commit.ts"
import { unlocked, withProfile } from "@concierge/core/onboarding/profile.ts"
import { newUser, type User } from "@concierge/core/onboarding/User.ts"
import type { SendResult } from "@concierge/core/services/SendResult.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import type { Outcome } from "@concierge/core/updates/Outcome.ts"
import { assert, describe, it } from "@effect/vitest"
import { states, stepOf } from "../../fixtures/concierge.ts"

const now = iso("2026-03-04T05:06:07.890Z")
const at = iso("2026-03-04T05:06:05.000Z")

const user = (change: Partial<User> = {}): User => ({
  ...newUser({
    userId: userIdOf(7),
    telegramId: 7,
    sessionId: sessionId("s1"),
    now: at,
    lock: { token: "t", event: eventId("e"), until: now },
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

const sent: SendResult = { _tag: "Sent", degraded: false, begunAt: now, sentAt: now }

const video = stepOf("video")

const acted = (change: Partial<Acted> = {}): Acted => ({
  event: eventId("4242:1"),
  updateId: "1",
  action: action(),
  plan: { _tag: "Advance", step: video },
  sent,
  now,
  touch: undefined,
  countedAs: undefined,
  language: "en",
  newSessionId: sessionId("s2"),
  prune: [],
  ...change,
})

const lock = { token: "t", event: eventId("e"), until: now }

/** What an update makes of a person, as the delivery asks for it. */
const commitOf = (before: User, change: Partial<Acted> = {}) => {
  const done = acted(change)
  return commit(before, withProfile(unlocked(before), done.action), done)
}

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

  it("loses what the person has taken out of it, and nothing that the update does not say", () => {
    const before = withProfile(user({ lastName: "García" }), action({ person: eva }))
    const bare = withProfile(before, action({ person: { id: 7, first_name: "Eva" }, at: plus(at, 2000) }))
    for (const name of ["lastName", "username"]) assert.notProperty(bare, name)
    assert.deepInclude(bare, { firstName: "Eva", languageCode: "es" })
    const unsaid = withProfile(before, action({ person: { id: 7 }, at: plus(at, 2000) }))
    assert.deepStrictEqual(unsaid, { ...before, profile_at: plus(at, 2000) })
  })
})

describe("the person after an update", () => {
  it("gives up what delivery held on to", () => {
    const { committed, user: saved } = commitOf(user({ not_before: now, unresolved: 3, ambiguous: 1 }))
    assert.notProperty(saved, "lock")
    assert.notProperty(saved, "not_before")
    assert.deepInclude(saved, { unresolved: 0, ambiguous: 3 })
    assert.strictEqual(committed.ambiguous, 2)
  })

  it("has the present shape", () => {
    assert.strictEqual(commitOf(user()).user.shape, currentShape)
  })

  it("is later than before, although the clock of this worker is behind: a run's end replaces its start", () => {
    const { committed, user: saved } = commitOf(user({ updatedAt: plus(now, 4_000) }))
    const later = plus(now, 4_001)
    assert.strictEqual(saved.updatedAt, later)
    assert.strictEqual(committed.at, later)
    assert.strictEqual(commitOf(user({ updatedAt: plus(now, -1) })).committed.at, now)
  })

  it("carries the outcome, and no longer the ids that are pruned", () => {
    const { committed } = commitOf(user())
    const { user: saved } = commitOf(user({ recent: { "4242:0": committed, "4242:9": committed } }), {
      prune: [eventId("4242:0")],
    })
    assert.sameMembers(Object.keys(saved.recent), ["4242:9", "4242:1"])
    assert.deepInclude(saved.recent["4242:1"], {
      outcome: "applied",
      run: 1,
      sessionId: sessionId("s1"),
      reached: states.video,
      opened: true,
    })
  })

  it("reached a step when its message began to be sent", () => {
    const times = { begunAt: plus(now, -900), sentAt: plus(now, -100) }
    const { user: first } = commitOf(user(), { sent: { ...sent, ...times } })
    const entry = { state: states.video, at: times.begunAt, updateId: "1" }
    assert.deepStrictEqual(first.state_progress, { [video.id]: { ...entry, took: 800 } })
    const { user: again } = commitOf(
      { ...first, lock },
      { plan: { _tag: "Repeat", step: video }, updateId: "2", event: eventId("4242:2") },
    )
    assert.deepStrictEqual(again.state_progress, { [video.id]: { ...entry, took: 900 } })
    assert.deepInclude(again, { state: first.state, version: first.version })
  })

  it("has finished, and their run is over, with the last step", () => {
    const { user: before } = commitOf(user())
    const begunAt = plus(now, -900)
    const { committed, user: saved } = commitOf(before, {
      plan: { _tag: "Advance", step: stepOf("finish") },
      sent: { ...sent, begunAt },
    })
    assert.deepInclude(saved, { state: states.done, finished_at: begunAt })
    assert.deepInclude(committed, { reached: states.done, finished: true })
    assert.notProperty(committed, "opened")
  })

  it("keeps an answer with the step that it led to", () => {
    const { user: saved } = commitOf(user(), { plan: { _tag: "Advance", step: video, answer: { colour: "red" } } })
    assert.deepStrictEqual(saved.answers, { colour: "red" })
    const { user: restarted } = commitOf(saved, { plan: { _tag: "Restart" }, event: eventId("4242:2") })
    assert.notProperty(restarted, "answers")
  })

  it("notes in which counter it is counted, unless it is the first", () => {
    const countedIn = (shard: number) => commitOf(user(), { countedAs: { origin: "-", shard } }).committed
    assert.notProperty(countedIn(0), "shard")
    assert.strictEqual(countedIn(3).shard, 3)
  })

  it("notes how long a message took, where it took any time", () => {
    const stepAfter = (sentAt: typeof now) =>
      commitOf(user(), { sent: { _tag: "Sent", degraded: false, begunAt: now, sentAt } }).user.state_progress[video.id]
    assert.notProperty(stepAfter(now), "took")
    assert.strictEqual(stepAfter(plus(now, 1))?.took, 1)
  })

  it("starts a run of its own with a /restart, which says what it left", () => {
    const { user: before } = commitOf(user(), { touch: { came: "unlinked", attribution: { ref_code: "a" } } })
    const { committed, user: saved } = commitOf(before, { plan: { _tag: "Restart" }, event: eventId("4242:2") })
    assert.deepInclude(saved, { state: states.new, run: 2, version: 2, sessionId: sessionId("s2"), ref_code: "a" })
    assert.deepStrictEqual(saved.state_progress, {})
    assert.deepInclude(committed, { left: states.video, run: 1, sessionId: sessionId("s1") })
  })

  it("is counted as a new run: the first of whoever is onboarded by anything, later ones by a /restart", () => {
    const text = action({ trigger: { _tag: "Text" } })
    const startedBy = (before: User, change: Partial<Acted>) => commitOf(before, change).committed.started
    assert.strictEqual(startedBy(user(), {}), 1)
    assert.strictEqual(startedBy(user(), { action: text }), 1)
    assert.isUndefined(startedBy(user(), { action: text, sent: { _tag: "Undeliverable" } }))
    const note = { plan: { _tag: "Note", outcome: "ignored: stale" }, sent: undefined } as const
    assert.isUndefined(startedBy(user(), { action: text, ...note }))
    assert.isUndefined(startedBy(user(), note))
    assert.isUndefined(startedBy(user(), { ...note, plan: { _tag: "Note", outcome: "ignored: expired" } }))
    const { user: known } = commitOf(user())
    const again = { event: eventId("4242:2") }
    assert.isUndefined(startedBy(known, again))
    assert.strictEqual(startedBy(known, { ...again, plan: { _tag: "Restart" } }), 2)
    assert.isUndefined(startedBy(known, { ...again, plan: { _tag: "Restart" }, sent: { _tag: "Blocked" } }))
  })

  it("is counted with the time since the step before, and with how they came, where there is such", () => {
    const touch = { came: "unlinked", attribution: { ref_code: "a" } } as const
    const { committed: first, user: known } = commitOf(user(), { touch })
    assert.notProperty(first, "gap")
    assert.strictEqual(first.came, "unlinked")
    const begunAt = plus(now, 60_000)
    const next = {
      event: eventId("4242:2"),
      plan: { _tag: "Advance", step: stepOf("voice") },
      sent: { _tag: "Sent", degraded: false, begunAt, sentAt: begunAt },
    } as const
    const { committed: second } = commitOf(known, next)
    assert.isDefined(second.gap)
    assert.notProperty(second, "came")
    assert.notProperty(commitOf(known, { ...next, plan: { _tag: "Restart" } }).committed, "gap")
    const expired = commitOf(user(), { touch, plan: { _tag: "Note", outcome: "ignored: expired" }, sent: undefined })
    assert.notProperty(expired.committed, "came")
  })

  it("keeps the earliest and the latest /start, in whatever order they come", () => {
    const startAt = (before: User, moment: typeof at, payload: string) =>
      commitOf(before, { action: action({ at: moment, trigger: { _tag: "Start", payload } }) }).user
    const first = startAt(user(), at, "a")
    assert.deepInclude(first, { first_start_ts: at, last_start_ts: at })
    const later = startAt(first, plus(at, 60_000), "b")
    assert.deepInclude(later, { first_start_ts: at, last_start_ts: plus(at, 60_000) })
    const late = startAt(later, plus(at, -60_000), "c")
    assert.deepInclude(late, { first_start_ts: plus(at, -60_000), last_start_ts: plus(at, 60_000) })
  })

  it("has nothing in doubt any more after a /restart, and after anything else what was", () => {
    const unseen = { [video.id]: { event: eventId("4242:0"), times: 1, since: at } }
    assert.notProperty(commitOf(user({ unseen }), { plan: { _tag: "Restart" } }).user, "unseen")
    const note = commitOf(user({ unseen }), { plan: { _tag: "Note", outcome: "ignored: stale" }, sent: undefined })
    assert.deepStrictEqual(note.user.unseen, unseen)
  })

  it("left no run under way that had not begun, or was over", () => {
    assert.notProperty(commitOf(user(), { plan: { _tag: "Restart" } }).committed, "left")
    const { user: done } = commitOf(user(), { plan: { _tag: "Advance", step: stepOf("finish") } })
    const { committed, user: saved } = commitOf(done, { plan: { _tag: "Restart" }, event: eventId("4242:2") })
    assert.notProperty(committed, "left")
    assert.notProperty(saved, "finished_at")
  })

  it("does not move when the message did not arrive", () => {
    for (const plan of [{ _tag: "Advance", step: video }, { _tag: "Restart" }] as const) {
      for (const _tag of ["Blocked", "Undeliverable"] as const) {
        const { committed, user: saved } = commitOf(user(), { plan, sent: { _tag } })
        assert.deepInclude(saved, { state: states.new, run: 1, version: 0, sessionId: sessionId("s1") })
        assert.strictEqual(committed.outcome, _tag === "Blocked" ? "ignored: blocked" : "ignored: undeliverable")
        assert.notProperty(committed, "reached")
        assert.notProperty(committed, "left")
      }
    }
  })

  it("is blocked as of this second when Telegram says so: a message of the next one proves the opposite", () => {
    const { user: saved } = commitOf(user(), { sent: { _tag: "Blocked" } })
    assert.deepInclude(saved, { blocked: true, membership_at: iso("2026-03-04T05:06:07.000Z") })
  })

  it("was attributed by a /start that was not too old, whether or not its message arrived", () => {
    const attribution = { ref_code: "a" }
    const touch = { came: "unlinked", attribution } as const
    for (const result of [sent, { _tag: "Blocked" }, { _tag: "Undeliverable" }] as const) {
      const { user: saved } = commitOf(user(), { touch, sent: result })
      assert.deepInclude(saved, { ...attribution, attributed_at: at })
    }
    const tooOld = (outcome: Outcome) =>
      commitOf(user(), { touch, plan: { _tag: "Note", outcome }, sent: undefined }).user
    assert.doesNotHaveAnyKeys(tooOld("ignored: expired"), ["attributed_at", "ref_code"])
    assert.deepInclude(tooOld("ignored: stale"), { ...attribution, attributed_at: at })
    for (const outcome of ["ignored: stale", "ignored: expired"] as const) {
      assert.notProperty(tooOld(outcome), "first_start_ts")
    }
  })
})
