import { brand } from "@concierge/brands/concierge/brand.ts"
import { maxAge } from "@concierge/core/delivery/times.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Acted } from "@concierge/core/onboarding/Acted.ts"
import type { Action, Trigger } from "@concierge/core/onboarding/Action.ts"
import { commit } from "@concierge/core/onboarding/commit.ts"
import { decide, type Plan } from "@concierge/core/onboarding/decide.ts"
import { pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import { unlocked, withProfile } from "@concierge/core/onboarding/profile.ts"
import { type Committed, newUser, type User } from "@concierge/core/onboarding/User.ts"
import type { SendResult } from "@concierge/core/services/SendResult.ts"
import { type Iso, toIso } from "@concierge/core/Time.ts"
import { ignored, type Outcome } from "@concierge/core/updates/Outcome.ts"
import { assert, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { states } from "../../fixtures/concierge.ts"

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** One thing that a person does, and what Telegram makes of the answer to it. */
const Deed = Schema.Struct({
  what: Schema.Literals([
    "start",
    "start ref_a",
    "start ref_b",
    "restart",
    "menu",
    "text",
    "edited",
    "forget question",
    "block",
    "unblock",
    "watch_video",
    "play_audio",
    "finish",
    "tap restart",
    "language:es",
    "nonsense",
  ]),
  /** Seconds since the one before; some are worked much later than they were done. */
  pause: Schema.Union([between(0, 2), between(0, 2_000)]),
  late: Schema.Union([Schema.Literal(0), between(0, 3_000)]),
  delivery: Schema.Literals(["sent", "sent", "sent", "blocked", "undeliverable"]),
})
type Deed = typeof Deed.Type

const triggerOf = (what: Deed["what"]): Trigger => {
  const [name, payload = ""] = what.split(" ", 2)
  switch (name) {
    case "start":
      return { _tag: "Start", payload }
    case "restart":
      return { _tag: "Restart" }
    case "menu":
      return { _tag: "Menu" }
    case "text":
      return { _tag: "Text" }
    case "edited":
      return { _tag: "Edited" }
    case "forget":
      return { _tag: "ForgetMe" }
    case "block":
    case "unblock":
      return { _tag: "Membership", blocked: name === "block" }
    case "tap":
      return { _tag: "Button", button: pressedOf(brand, "restart"), queryId: "q" }
    default:
      return { _tag: "Button", button: pressedOf(brand, what), queryId: "q" }
  }
}

const order = [states.new, ...brand.flow.steps.map(({ state }) => state)]
const ids = brand.flow.steps.map(({ id }) => id)

const sends = (plan: Plan): boolean => plan._tag !== "Note" && plan._tag !== "Toast"

const isMessage = ({ trigger }: Action): boolean => !["Button", "Membership", "Edited"].includes(trigger._tag)

const touchOfStart = (trigger: Trigger) =>
  trigger._tag === "Start" && trigger.payload !== ""
    ? ({ came: "unlinked", attribution: { ref_code: trigger.payload } } as const)
    : undefined

const attributionOf = ({ attributed_at, ref_code, utm }: User) => ({ attributed_at, ref_code, utm })

const outcomeOf = (plan: Plan, delivery: Deed["delivery"]): Outcome => {
  if (plan._tag === "Note") return plan.outcome
  return delivery === "sent" || !sends(plan) ? "applied" : ignored(delivery)
}

const sentAs = (delivery: Deed["delivery"], at: Iso): SendResult => {
  switch (delivery) {
    case "sent":
      return { _tag: "Sent", degraded: false, begunAt: at, sentAt: at }
    case "blocked":
      return { _tag: "Blocked" }
    case "undeliverable":
      return { _tag: "Undeliverable" }
  }
}

/** What must hold of every single step, whatever came before. */
const check = (user: User, acted: Acted, outcome: Outcome, committed: Committed, next: User): void => {
  const { action, event, plan, sent, updateId } = acted
  assert.strictEqual(committed.outcome, outcome)
  const isRestart = plan._tag === "Restart" && outcome === "applied"
  const isAdvance = plan._tag === "Advance" && outcome === "applied"
  const expected = isRestart ? states.new : isAdvance ? order[order.indexOf(user.state) + 1] : user.state
  assert.strictEqual(next.state, expected)
  if (isRestart) assert.include(["Restart", "Button"], action.trigger._tag)
  assert.strictEqual(next.version, user.version + (isRestart || isAdvance ? 1 : 0))
  assert.strictEqual(next.run, user.run + (isRestart ? 1 : 0))
  assert.sameMembers(Object.keys(next.state_progress), ids.slice(0, order.indexOf(next.state)))
  if (isAdvance) assert.deepInclude(next.state_progress[plan.step.id], { updateId, state: next.state })
  assert.strictEqual(next.finished_at !== undefined, next.state === states.done)
  assert.strictEqual(committed.reached, isAdvance ? next.state : undefined)
  assert.strictEqual(committed.opened, isAdvance && user.state === states.new ? true : undefined)
  assert.strictEqual(committed.finished, isAdvance && next.state === states.done ? true : undefined)
  const isUnderWay = user.state !== states.new && user.state !== states.done
  assert.strictEqual(committed.left, isRestart && isUnderWay ? user.state : undefined)
  if (user.attributed_at !== undefined) assert.deepStrictEqual(attributionOf(next), attributionOf(user))
  if (next.attributed_at === undefined) assert.isUndefined(next.ref_code)
  const mark = user.membership_at ?? ""
  if (user.blocked && !(isMessage(action) && action.at >= mark)) assert.isFalse(sends(plan))
  if (sent?._tag === "Blocked") assert.isTrue(next.blocked)
  if (next.blocked && !user.blocked) assert.isTrue(sent?._tag === "Blocked" || action.trigger._tag === "Membership")
  if (action.trigger._tag === "Edited" || action.trigger._tag === "Membership") assert.isFalse(sends(plan))
  assert.isTrue((next.profile_at ?? "") >= (user.profile_at ?? ""))
  assert.notProperty(next, "lock")
  assert.strictEqual(next.unresolved, 0)
  assert.deepStrictEqual(next.recent[event], committed)
}

const frozen = <A extends object>(value: A): A => {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) frozen(part)
  return Object.freeze(value)
}

/** Lives through the deeds one after the other, as the worker does, and gives every person on the way. */
const live = (deeds: ReadonlyArray<Deed>): ReadonlyArray<User> => {
  let done = Date.UTC(2026, 0, 1)
  const lock = { token: "t", event: eventId("e"), until: toIso(done) }
  const first = newUser({ userId: userIdOf(7), telegramId: 7, sessionId: sessionId("s1"), now: toIso(done), lock })
  const people: Array<User> = [first]
  for (const [index, { delivery, late, pause, what }] of deeds.entries()) {
    const before = people.at(-1) ?? first
    done += pause * 1000
    const trigger = triggerOf(what)
    const at = toIso(Math.floor(done / 1000) * 1000)
    const action: Action = { _tag: "Action", person: { id: 7, first_name: what }, trigger, at }
    const now = toIso(done + late * 1000)
    const user = frozen({ ...before, lock, unresolved: before.unresolved + (index === 0 ? 0 : 1) })
    const when = { ...frozen({ receivedAt: at, now }), maxAge }
    const plan = decide(brand.flow, user, frozen(action), when)
    assert.deepStrictEqual(decide(brand.flow, user, action, when), plan)
    const acted: Acted = {
      event: eventId(`4242:${index}`),
      updateId: String(index),
      action,
      plan,
      sent: sends(plan) ? sentAs(delivery, now) : undefined,
      now,
      language: "en",
      countedAs: undefined,
      touch: touchOfStart(trigger),
      newSessionId: sessionId(`s${index + 2}`),
      prune: Object.keys(before.recent)
        .slice(0, -3)
        .map((id) => eventId(id)),
    }
    const after = commit(user, withProfile(unlocked(user), action), acted)
    check(user, acted, outcomeOf(plan, delivery), after.committed, after.user)
    people.push(after.user)
  }
  return people
}

it.prop(
  "whatever a person does, and however late it is worked, every step is a legal one",
  [Arbitrary.array(Arbitrary.schema(Deed), { maxLength: 40 })],
  ([deeds]) => {
    const people = live(deeds)
    for (const [index, user] of people.entries()) {
      assert.isAtLeast(user.version, people[index - 1]?.version ?? 0)
      assert.isAtMost(Object.keys(user.recent).length, 4)
    }
  },
  { arbitrary: { runs: 400 } },
)

it("the walks of the property reach the end, restarts and blocks: it is not true of nothing", () => {
  const deed = (what: Deed["what"], delivery: Deed["delivery"] = "sent"): Deed => ({
    what,
    pause: 60,
    late: 0,
    delivery,
  })
  const people = live([
    deed("start ref_a"),
    deed("play_audio"),
    deed("finish"),
    deed("restart"),
    deed("text", "blocked"),
  ])
  assert.deepStrictEqual(
    people.map(({ blocked, state, version }) => `${state} ${version} ${blocked}`),
    [...order.map((state, index) => `${state} ${index} false`), `${states.new} 4 false`, `${states.new} 4 true`],
  )
})
