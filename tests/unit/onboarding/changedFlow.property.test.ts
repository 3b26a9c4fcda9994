import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { FlowSpec } from "@concierge/core/brand/Spec.ts"
import { type Due, dueOf, hasReceived, type Step } from "@concierge/core/onboarding/Flow.ts"
import { pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { arbitraryChange } from "../../layers/changedFlows.ts"
import { brandOf } from "../../layers/flows.ts"
import { act, dataOf, newcomer, planOf, start, tapOf, type Walker } from "../../layers/walk.ts"

const pick = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60 }))

/** Which button is tapped, of the last message's and of all that were ever shown; now and then it is a /start. */
const Deed = Schema.Struct({
  what: Schema.Literals(["last", "last", "old", "old", "start", "twice"]),
  which: pick,
})
type Deed = typeof Deed.Type

const lastOf = ({ shown }: Walker): ReadonlyArray<string> => dataOf(shown).filter(isOnward)

/** Neither a restart nor a language: those lead elsewhere. */
const isOnward = (data: string): boolean => data !== "restart" && !data.startsWith("language")

/** What a deed taps; undefined is a /start. */
const tapped = (walker: Walker, { what, which }: Deed, ever: ReadonlyArray<string>): string | undefined => {
  const choices = what === "old" || what === "twice" ? ever : lastOf(walker)
  return what === "start" ? undefined : choices[which % Math.max(1, choices.length)]
}

const furthestOf = (brand: BrandValue, user: User): Step | undefined =>
  brand.flow.steps.findLast((step) => hasReceived(user, step))

/** Spec 2 says it once more, in other words than the code: what is due to somebody in a flow as it is written down. */
const assertDue = (flow: FlowSpec, brand: BrandValue, user: User): Due => {
  const due = dueOf(brand.flow, user)
  const furthest = furthestOf(brand, user)
  if (user.finished_at !== undefined) {
    assert.strictEqual(due._tag, "Finished")
    return due
  }
  if (furthest === undefined) {
    assert.deepStrictEqual<Due>(due, { _tag: "Step", step: brand.flow.first })
    return due
  }
  if (due._tag === "Step") {
    assert.isAbove(due.step.index, furthest.index)
    assert.isFalse(hasReceived(user, due.step))
  }
  const spec = flow[furthest.index]
  const answer = user.answers?.[furthest.id]
  if (spec?.kind === "question" && answer !== undefined && !spec.choices.some(({ id }) => id === answer)) {
    const byDefault = spec.next ?? flow[furthest.index + 1]?.id
    assert.strictEqual(due._tag === "Step" ? due.step.id : due._tag, byDefault)
  }
  return due
}

/** One deed in the changed flow, with all that must hold of it. */
const doIn = (flow: FlowSpec, brand: BrandValue, walker: Walker, data: string | undefined) => {
  const { user } = walker
  const due = assertDue(flow, brand, user)
  const furthest = furthestOf(brand, user)
  const trigger = data === undefined ? start : tapOf(brand, data)
  const done = act(brand, walker, trigger)
  const { plan } = done
  if (plan._tag === "Advance") {
    assert.isFalse(hasReceived(user, plan.step), `${plan.step.id} is sent again unasked`)
    if (furthest !== undefined) assert.isAbove(plan.step.index, furthest.index)
    assert.isUndefined(user.finished_at)
  }
  if (plan._tag === "Repeat") assert.strictEqual(plan.step.data, data, "asked for by its own button")
  if (user.finished_at !== undefined) assert.strictEqual(done.next.user.finished_at, user.finished_at)
  const button = data === undefined ? undefined : pressedOf(brand, data)
  if (button?._tag === "Step" && !brand.flow.byData.has(button.data) && due._tag === "Step") {
    assert.deepStrictEqual(plan, planOf(brand, walker, tapOf(brand, due.step.data)))
  }
  if (button?._tag === "Answer" && due._tag === "Answer" && due.question.id === button.question) {
    const choice = due.question.choices.find(({ id }) => id === button.choice)
    const next = choice?.next ?? due.question.next ?? flow[due.question.index + 1]?.id
    assert.strictEqual(plan._tag === "Advance" ? plan.step.id : plan._tag, next)
  }
  return done
}

/** The second of two quick taps, worked when the first has been. */
const assertNotTwice = (brand: BrandValue, walker: Walker, data: string, first: Walker): void => {
  const second = planOf(brand, { ...walker, now: plus(walker.now, 500) }, tapOf(brand, data), first.now)
  assert.notStrictEqual(second._tag, "Advance", `two quick taps on ${data} brought two steps`)
  assert.notStrictEqual(second._tag, "Repeat", `two quick taps on ${data} brought a step twice`)
}

/** Taps what they are shown until they are through. */
const assertFinishes = (flow: FlowSpec, brand: BrandValue, from: Walker): void => {
  let walker = from
  for (let taps = 0; walker.user.finished_at === undefined; taps++) {
    const [data, ...more] = lastOf(walker)
    assert.isBelow(taps, 3 * flow.length + 10, "stranded")
    const chosen = [data, ...more][taps % (more.length + 1)]
    walker = doIn(flow, brand, walker, chosen).next
  }
  const { user } = walker
  for (const step of brand.flow.steps) {
    const plan = planOf(brand, walker, tapOf(brand, step.data))
    assert.include(["Repeat", "Toast", "Say"], plan._tag, `${step.id} after the end`)
  }
  assert.deepInclude(planOf(brand, walker, start), { _tag: "Say", saying: "menu" })
  assert.isDefined(user.finished_at)
}

/** How far people were when the flow changed, by what was due to them afterwards. */
const live = (
  { after, before }: { readonly before: FlowSpec; readonly after: FlowSpec },
  early: ReadonlyArray<Deed>,
  late: ReadonlyArray<Deed>,
) => {
  const [old, present] = [brandOf(before), brandOf(after)]
  const ever = new Set<string>(old.flow.steps.map(({ data }) => data))
  let walker = act(old, newcomer(), start).next
  for (const deed of early) {
    for (const data of lastOf(walker)) ever.add(data)
    const data = tapped(walker, deed, lastOf(walker))
    walker = doIn(before, old, walker, data).next
  }
  for (const data of lastOf(walker)) ever.add(data)
  const half = walker
  const wasAt = assertDue(after, present, walker.user)._tag
  for (const deed of late) {
    const data = tapped(walker, deed, [...ever])
    const first = walker
    walker = doIn(after, present, walker, data).next
    if (deed.what === "twice" && data !== undefined) assertNotTwice(present, { ...walker, now: first.now }, data, first)
    for (const data of lastOf(walker)) ever.add(data)
  }
  assertFinishes(after, present, walker)
  assertFinishes(after, present, half)
  return { wasAt, half, present }
}

const deeds = Arbitrary.array(Arbitrary.schema(Deed), { maxLength: 12 })

it.prop(
  "whoever is half-way when the flow changes gets no step twice, is not thrown back, and can finish",
  [arbitraryChange, deeds, deeds],
  ([change, early, late]) => {
    live(change, early, late)
  },
  { arbitrary: { runs: 600 }, timeout: 60_000 },
)

it.effect("the walks reach all of it: people at questions, finished and half-way, steps that are gone", () =>
  Effect.gen(function* () {
    const runs = yield* Arbitrary.sampleEffect(Arbitrary.all([arbitraryChange, deeds, deeds]), {
      count: 200,
      seed: "walks",
    })
    const seen = { Step: 0, Answer: 0, Finished: 0 }
    let gone = 0
    for (const [change, early, late] of runs) {
      const { half, present, wasAt } = live(change, early, late)
      seen[wasAt]++
      if (Object.keys(half.user.state_progress).some((id) => !present.flow.byId.has(id))) gone++
    }
    for (const count of [...Object.values(seen), gone]) assert.isAbove(count, 10)
  }),
)
