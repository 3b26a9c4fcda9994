import { readFileSync } from "node:fs"
import { brand as concierge } from "@concierge/brands/concierge/brand.ts"
import { brand as marea } from "@concierge/brands/marea/brand.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { reachedMetric } from "@concierge/core/onboarding/Flow.ts"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"
import { published } from "../../stacks/published.ts"
import { graphs } from "./metrics.ts"
import { dev, fullPersonal, prod } from "./stages.ts"

/** Stages, and whose bot each is: fullPersonal says so with STAGE_BRAND, the others do not say. */
const stages: ReadonlyArray<readonly [plan: typeof dev, brand: BrandValue]> = [
  [dev, concierge],
  [prod, concierge],
  [fullPersonal, marea],
]

describe("a stage is of one brand", () => {
  for (const [plan, brand] of stages) {
    it(`${plan.stage}: the funnel has the name of ${brand.name} and a series for each step of its flow`, () => {
      const funnel = graphs(plan).find(({ title }) => title === `${brand.name}: funnel`)
      const shown = funnel?.metrics.map(({ metricName }) => metricName) ?? []
      assert.deepStrictEqual(shown, brand.flow.steps.map(reachedMetric))
      for (const name of shown) assert.include(published(brand).Concierge.metrics, name)
    })
  }

  it("and tells its functions nothing of voices, which are the brand's", () => {
    for (const [{ resources }] of stages) assert.notInclude(JSON.stringify(resources), "VOICE_")
    assert.notInclude(readFileSync(`${root}/.env.example`, "utf8"), "VOICE")
  })
})
