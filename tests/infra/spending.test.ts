import { assert, describe, it } from "@effect/vitest"
import { concurrencyNeeded } from "../../stacks/limits.ts"
import { all, at, dev, full, inputs, json, one, prod } from "./stages.ts"

describe("spending", () => {
  it("is watched whole where the account is the stage's own, by tag where others share it", () => {
    assert.isEmpty(inputs(prod, "Budget", "MonthlyBudget").costFilters)
    assert.deepStrictEqual(inputs(full, "Budget", "MonthlyBudget").costFilters, [
      { name: "TagKeyValue", values: ["user:sst:stage$staging"] },
    ])
  })

  it("carries the stage's tags in every region", () => {
    const providers = full.resources.filter(({ type }) => type === "pulumi:providers:aws")
    assert.includeMembers(
      providers.map(({ name }) => name),
      ["EdgeRegion", "ReplicaRegion"],
    )
    for (const { name, inputs } of providers) {
      assert.deepStrictEqual(
        at(json(inputs.defaultTags), "tags"),
        { "sst:app": "concierge", "sst:stage": "staging" },
        name,
      )
    }
  })

  it("out of the ordinary is mailed, by a monitor that is made only when asked for", () => {
    assert.isEmpty([...all(prod, "AnomalyMonitor"), ...all(prod, "AnomalySubscription"), ...all(dev, "AnomalyMonitor")])
    assert.containSubset(inputs(full, "AnomalyMonitor", "CostMonitor"), {
      monitorType: "DIMENSIONAL",
      monitorDimension: "SERVICE",
    })
    const subscription = one(full, "AnomalySubscription", "CostAnomalies")
    // Cost Explorer is in us-east-1 only.
    assert.strictEqual(subscription.options?.provider, "EdgeRegion")
    assert.containSubset(subscription.inputs, {
      frequency: "DAILY",
      subscribers: [{ type: "EMAIL", address: "ops@example.com" }],
    })
  })
})

describe("concurrency", () => {
  it("of the workers is an option, and leaves the webhook its part of what the account may run", () => {
    const most = (plan: typeof prod) =>
      at(inputs(plan, "EventSourceMapping", "WorkerMapping").scalingConfig, "maximumConcurrency")
    assert.deepStrictEqual([most(prod), most(full)], [5, 12])
    assert.strictEqual(concurrencyNeeded(10), 20)
  })
})
