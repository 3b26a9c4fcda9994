import { problemOfFlow } from "@concierge/core/brand/problemOfFlow.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { arbitraryFlow, brandOf } from "../../layers/flows.ts"

describe("the flows that tests generate", () => {
  it.prop(
    "are valid, and so is a brand with one of them",
    [arbitraryFlow],
    ([flow]) => {
      assert.isUndefined(problemOfFlow(flow))
      assert.lengthOf(brandOf(flow).flow.steps, flow.length)
    },
    { arbitrary: { runs: 300 } },
  )

  it.effect("are of every kind, branch, and end in more ways than one", () =>
    Effect.gen(function* () {
      const flows = yield* Arbitrary.sampleEffect(arbitraryFlow, { count: 200, seed: "kinds" })
      const kinds = new Set(flows.flat().map(({ kind }) => kind))
      assert.sameMembers([...kinds], ["video", "voice", "message", "question", "finish"])
      const isBranching = (flow: (typeof flows)[number]) =>
        flow.some((step) => step.kind === "question" && step.choices.some(({ next }) => next !== undefined))
      assert.isAbove(flows.filter(isBranching).length, 20)
      assert.isAbove(flows.filter((flow) => flow.filter(({ kind }) => kind === "finish").length > 1).length, 2)
    }),
  )
})
