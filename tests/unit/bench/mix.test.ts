import { assert, describe, it } from "@effect/vitest"
import { type Act, actAt, actsByPerson, bodyOf, peopleIn } from "../../../bench/load/mix.ts"
import { buttons } from "../../../bench/load/path.ts"
import { stepOf } from "../../fixtures/concierge.ts"

/** Broken off within ten requests, and while some people have tapped one button and some two. */
const requests = 12_667
const acts = Array.from({ length: requests }, (_, index) => actAt(index))

const isTap = ({ button }: Act) => button !== undefined

describe("the mix of requests", () => {
  it("has three taps in each ten, spread over them", () => {
    for (let first = 0; first + 10 <= requests; first += 10) {
      assert.strictEqual(acts.slice(first, first + 10).filter(isTap).length, 3)
      assert.isFalse(acts.slice(first, first + 2).some(isTap))
    }
  })

  it("is the same whenever it is asked, and no update_id comes twice", () => {
    assert.deepStrictEqual(actAt(777), acts[777])
    const ids = acts.map((act) => JSON.parse(bodyOf(act)).update_id)
    assert.strictEqual(new Set(ids).size, requests)
  })

  it("has somebody new at each /start, numbered without a gap", () => {
    const starters = acts.filter((act) => !isTap(act)).map(({ person }) => person)
    assert.strictEqual(starters.length, peopleIn(requests))
    assert.deepStrictEqual(
      starters,
      Array.from({ length: starters.length }, (_, index) => index + 1),
    )
  })

  it("lets a person tap what comes next, at some distance from what they did before", () => {
    const done = new Map<number, { readonly at: number; readonly taps: number }>()
    let apart = Number.POSITIVE_INFINITY
    for (const [at, { button, person }] of acts.entries()) {
      const before = done.get(person)
      if (button === undefined) {
        assert.isUndefined(before)
        done.set(person, { at, taps: 0 })
      } else {
        assert.isDefined(before)
        assert.strictEqual(button, buttons[before.taps])
        if (before.taps > 0) apart = Math.min(apart, at - before.at)
        done.set(person, { at, taps: before.taps + 1 })
      }
    }
    assert.isAtLeast(apart, 490)
    const byPerson = actsByPerson(requests)
    assert.strictEqual(byPerson.size, peopleIn(requests))
    for (const [person, { taps }] of done) {
      const theirs = [undefined, ...buttons].slice(0, taps + 1)
      assert.deepStrictEqual(
        byPerson.get(person)?.map(({ button }) => button),
        theirs,
      )
    }
    const all = new Set([...done.values()].map(({ taps }) => taps))
    assert.deepStrictEqual([...all].toSorted(), [0, 1, 2, 3])
  })

  it("posts what Telegram would: a private /start by a link, and taps of the same person", () => {
    const [start, tap] = [acts[0], acts[3]].map((act) => act && JSON.parse(bodyOf(act)))
    assert.strictEqual(start.message.chat.type, "private")
    assert.match(start.message.text, /^\/start [\w-]{1,64}$/)
    assert.strictEqual(tap.callback_query.data, stepOf("video").data)
    assert.deepStrictEqual(tap.callback_query.from, start.message.from)
    assert.deepStrictEqual(tap.callback_query.message.chat, start.message.chat)
  })
})
