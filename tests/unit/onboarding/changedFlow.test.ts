import { defineFlow } from "@concierge/core/brand/Spec.ts"
import { dueOf } from "@concierge/core/onboarding/Flow.ts"
import { flowVariant } from "@concierge/core/onboarding/flowVariant.ts"
import { assert, describe, it } from "@effect/vitest"
import { brandOf } from "../../layers/flows.ts"
import { act, dataOf, newcomer, planOf, start, tapOf, type Walker } from "../../layers/walk.ts"

const old = brandOf(
  defineFlow([
    { kind: "message", id: "hello" },
    { kind: "question", id: "taste", choices: [{ id: "tea" }, { id: "coffee", next: "beans" }, { id: "none" }] },
    { kind: "message", id: "leaves", next: "finish" },
    { kind: "message", id: "beans" },
    { kind: "finish", id: "finish" },
  ]),
)

/** Without `hello` and the choice `none`, with a step before and one after the question, and `leaves` renamed. */
const present = brandOf(
  defineFlow([
    { kind: "voice", id: "greeting" },
    { kind: "question", id: "taste", choices: [{ id: "coffee", next: "beans" }, { id: "tea" }] },
    { kind: "message", id: "pots" },
    { kind: "message", id: "herbs", next: "finish" },
    { kind: "message", id: "beans" },
    { kind: "finish", id: "finish" },
  ]),
)

describe("one form of a flow", () => {
  it("has for good the name that its events are counted by, and another form another", () => {
    assert.strictEqual(flowVariant(old.flow), "w05ddgTF")
    assert.notStrictEqual(flowVariant(present.flow), flowVariant(old.flow))
  })
})

/** Somebody who came to the old flow and tapped these buttons. */
const whoTapped = (...taps: ReadonlyArray<string>): Walker =>
  taps.reduce((walker, data) => act(old, walker, tapOf(old, data)).next, act(old, newcomer(), start).next)

const due = ({ user }: Walker): string => {
  const found = dueOf(present.flow, user)
  return found._tag === "Step" ? found.step.id : found._tag
}

const tap = (walker: Walker, data: string) => act(present, walker, tapOf(present, data))

describe("in a flow that has changed", () => {
  it("what lies before the furthest step somebody has received is behind them", () => {
    const walker = whoTapped("step:taste")
    assert.strictEqual(due(walker), "Answer")
    const { next, plan } = tap(walker, "answer:taste:tea")
    assert.deepInclude<object>(plan, { _tag: "Advance", answer: { taste: "tea" } })
    assert.notProperty(next.user.state_progress, "greeting")
    assert.property(next.user.state_progress, "pots")
  })

  it("the first step after it that they have not received is due, along the branch of their answers", () => {
    assert.strictEqual(due(whoTapped("step:taste", "answer:taste:coffee")), "finish")
    const { next } = tap(whoTapped("step:taste"), "answer:taste:coffee")
    assert.property(next.user.state_progress, "beans")
    assert.strictEqual(due(next), "finish")
  })

  it("the first of the flow is due to somebody whose received steps are all gone", () => {
    assert.strictEqual(due(whoTapped()), "greeting")
  })

  it("what they have received is sent again only when they ask for it", () => {
    const walker = whoTapped("step:taste", "answer:taste:coffee")
    assert.deepInclude<object>(planOf(present, walker, start), {
      _tag: "Advance",
      step: present.flow.byId.get("finish"),
    })
    assert.deepInclude<object>(planOf(present, walker, tapOf(present, "step:beans")), {
      _tag: "Repeat",
      step: present.flow.byId.get("beans"),
    })
  })

  it("who has finished stays finished", () => {
    const walker = whoTapped("step:taste", "answer:taste:tea", "step:finish")
    assert.isDefined(walker.user.finished_at)
    for (const data of ["step:greeting", "step:pots", "step:hello", "answer:taste:none"]) {
      const { next, plan } = tap(walker, data)
      assert.deepStrictEqual(plan, { _tag: "Say", saying: "menu" }, data)
      assert.strictEqual(next.user.finished_at, walker.user.finished_at)
    }
    assert.deepStrictEqual(planOf(present, walker, tapOf(present, "step:finish")), { _tag: "Toast" })
  })

  it("a choice that is gone leads where its question leads by default, taken before the change or after it", () => {
    const { plan } = tap(whoTapped("step:taste"), "answer:taste:none")
    assert.deepInclude<object>(plan, { _tag: "Advance", step: present.flow.byId.get("pots") })
    // `leaves`, to which the answer led, is gone: the question is the furthest that they have received.
    assert.strictEqual(due(whoTapped("step:taste", "answer:taste:none")), "pots")
  })

  it("a button of a step that is gone does what the due step's button does", () => {
    const walker = whoTapped("step:taste", "answer:taste:none")
    for (const data of ["step:hello", "step:leaves", "some_button_of_long_ago"]) {
      assert.deepStrictEqual(
        planOf(present, walker, tapOf(present, data)),
        planOf(present, walker, tapOf(present, "step:pots")),
      )
    }
  })

  it("a step that was renamed is another one", () => {
    const walker = whoTapped("step:taste", "answer:taste:tea")
    const { next } = tap(tap(walker, "step:pots").next, "step:herbs")
    assert.includeMembers(Object.keys(next.user.state_progress), ["leaves", "pots", "herbs"])
  })

  it("whoever waits at a question is offered the choices that there are", () => {
    const { message } = act(present, whoTapped("step:taste"), { _tag: "Text" })
    assert.deepStrictEqual(dataOf(message), ["answer:taste:coffee", "answer:taste:tea"])
  })
})

describe("two quick taps on an answer", () => {
  it("bring one step", () => {
    const walker = whoTapped("step:taste")
    const { next } = act(old, walker, tapOf(old, "answer:taste:tea"))
    const second = planOf(old, next, tapOf(old, "answer:taste:coffee"), walker.now)
    assert.deepStrictEqual<unknown>(second, { _tag: "Note", outcome: "ignored: coalesced" })
  })

  it("of an earlier run ask the question again, and do not answer it", () => {
    const restarted = act(old, whoTapped("step:taste"), { _tag: "Restart" }).next
    const greeted = act(old, restarted, start).next
    const asked = act(old, greeted, tapOf(old, "answer:taste:tea"))
    assert.deepInclude<object>(asked.plan, { _tag: "Advance", step: old.flow.byId.get("taste") })
    const second = planOf(old, asked.next, tapOf(old, "answer:taste:tea"), greeted.now)
    assert.deepStrictEqual<unknown>(second, { _tag: "Note", outcome: "ignored: coalesced" })
    assert.deepInclude<object>(planOf(old, asked.next, tapOf(old, "answer:taste:tea")), { answer: { taste: "tea" } })
  })
})
