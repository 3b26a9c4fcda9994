import { brand } from "@concierge/brands/marea/brand.ts"
import { defineFlow } from "@concierge/core/brand/Spec.ts"
import { flowOf } from "@concierge/core/onboarding/Flow.ts"
import { layoutOf } from "@concierge/local/preview/html/layout.ts"
import { assert, describe, it } from "@effect/vitest"

describe("the diagram of a flow", () => {
  it("has branches side by side, and a label where there is more than one way", () => {
    const { edges, places } = layoutOf(brand.flow)
    assert.deepStrictEqual(
      places.map(({ column, columns, row, step }) => `${step.id} ${row} ${column + 1}/${columns}`),
      ["hello 0 1/1", "level 1 1/1", "lesson 2 1/2", "boats 2 2/2", "greeting 3 1/1", "season 4 1/1", "aboard 5 1/1"],
    )
    assert.deepStrictEqual(
      edges.map(({ from, label, to }) => `${from.step.id} → ${to.step.id} ${label}`.trim()),
      [
        "hello → level",
        "level → lesson never · some",
        "level → boats skipper",
        "lesson → greeting",
        "boats → greeting",
        "greeting → season",
        "season → aboard",
      ],
    )
  })

  it("puts a step below all that lead to it", () => {
    const flow = flowOf(
      defineFlow([
        { kind: "question", id: "pick", choices: [{ id: "a" }, { id: "b", next: "end" }] },
        { kind: "message", id: "more" },
        { kind: "finish", id: "end" },
      ]),
    )
    assert.deepStrictEqual(
      layoutOf(flow).places.map(({ row }) => row),
      [0, 1, 2],
    )
  })
})
