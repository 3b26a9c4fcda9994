import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { lines } from "../../stacks/cost/lines.ts"
import { prices } from "../../stacks/cost/prices.ts"
import { sheet } from "../../stacks/cost/sheet.ts"
import { root } from "../../stacks/diff/synth.ts"
import { dev, prod } from "./stages.ts"

describe("cost sheet", () => {
  it("is what the stacks' constants say: if not, npm run cost", () => {
    assert.strictEqual(readFileSync(`${root}/docs/cost.md`, "utf8"), sheet(prod, dev))
  })

  it("counts what the plan has", () => {
    const quantity = (what: string) => lines(prod, 1_000).find((line) => line.what === what)?.quantity
    assert.strictEqual(quantity("Keys"), 4)
    assert.strictEqual(quantity("Firewall's rules"), 4)
    assert.strictEqual(quantity("Dashboard"), 1)
    // Ours show more than the 50 metrics that the free ones may.
    assert.strictEqual(lines(prod, 1_000).find(({ what }) => what === "Dashboard")?.price, "largeDashboard")
    assert.isUndefined(lines(dev, 1_000).find(({ what }) => what === "Firewall"))
  })

  it("dates every price and names its page", () => {
    for (const { date, page, usd } of Object.values(prices)) {
      assert.match(date, /^20\d\d-\d\d( †)?$/)
      assert.match(page, /^https:\/\/aws\.amazon\.com\//)
      assert.isAbove(usd, 0)
    }
  })
})
