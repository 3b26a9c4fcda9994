import { assert, describe, it } from "@effect/vitest"
import { aws, oneMachine } from "../../../bench/viral/model/Fleet.ts"
import { model } from "../../../bench/viral/model/model.ts"

describe("the turns of a campaign", () => {
  it.each([
    { kind: "call", deaths: 0, seed: 1 },
    { kind: "bot", deaths: 30, seed: 2 },
  ] as const)(
    "of ten containers whose clocks differ by five seconds fill a limit that refuses by $kind, with a death every $deaths s",
    ({ deaths, kind, seed }) => {
      const campaign = { limit: 30, model: kind, people: 1_200, rate: 100, seconds: 75, pause: [5, 60], seed } as const
      const { campaign: done, used } = model(campaign, { ...aws, skew: 5_000, deaths }, () => {})
      const late = done.served.filter(({ at }) => at >= 15 && at < 75)
      // A silence takes a twelfth of this minute.
      assert.isAtLeast(late.length / 60, 0.82 * campaign.limit)
      assert.isAtMost(done.calls.length - done.served.length, 100)
      assert.isAtMost(used.copies, 0.1 * done.served.length)
      // A tap goes at once, as a rule, and is counted with others.
      const taps = late.filter(({ step }) => step > 0).map(({ asked, at }) => at - asked)
      assert.isAtMost(taps.toSorted((one, other) => one - other)[Math.floor(taps.length / 2)] ?? 0, 0.5)
      assert.isAtMost(used.paceWrites, 0.25 * done.served.length)
    },
  )

  it("that came while a machine stood still are not used at once, which would be refused", () => {
    const campaign = { limit: 30, model: "call", people: 800, rate: 100, seconds: 55, pause: [5, 20] } as const
    // One chance says little: where two stand-stills meet a silence is luck.
    const runs = [4, 6].map((seed) => model({ ...campaign, seed }, { ...oneMachine, stalls: 10 }, () => {}).campaign)
    const late = runs.flatMap(({ served }) => served.filter(({ at }) => at >= 15))
    assert.isAtLeast(late.length / runs.length / 40, 0.68 * campaign.limit)
    const refused = runs.reduce((sum, { calls, served }) => sum + calls.length - served.length, 0)
    assert.isAtMost(refused / runs.length, 40)
  })
})
