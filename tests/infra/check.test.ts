import { assert, describe, it } from "@effect/vitest"
import { againstProvider } from "../../stacks/check/againstProvider.ts"
import { againstServices } from "../../stacks/check/check.ts"
import type { Finding } from "../../stacks/check/finding.ts"
import type { Plan } from "../../stacks/diff/plan.ts"
import { dev, full, fullPersonal, prod, recovered } from "./stages.ts"

/** AWS's common rules twice, and the known bad inputs. */
const heavy = ["Common", "Common", "KnownBadInputs"].map((group, priority) => ({
  name: `AWSManagedRules${group}RuleSet`,
  priority,
  statement: {},
  visibilityConfig: {},
}))

const findings = (plan: Plan): ReadonlyArray<Finding> => againstServices(plan).flatMap((verdict) => verdict.findings)

/** The plan with some inputs of one resource put in another's place. */
const changed = (plan: Plan, name: string, inputs: Readonly<Record<string, unknown>>): Plan => ({
  ...plan,
  stage: "changed",
  resources: plan.resources.map((resource) =>
    resource.name === name ? { ...resource, inputs: { ...resource.inputs, ...inputs } } : resource,
  ),
})

describe("infra:check", () => {
  it("takes every property for one that the provider knows, of all stages", () => {
    const resources = [dev, prod, full, fullPersonal, recovered].flatMap((plan) => plan.resources)
    assert.deepStrictEqual(againstProvider({ stage: "all", resources, outputs: {} }).findings, [])
  })

  it("finds a property that the provider does not know, and one of another type", () => {
    const plan = changed(changed(prod, "WorkerMapping", { batchSise: 10 }), "UpdateQueueQueue", {
      delaySeconds: "soon",
    })
    const [queue, mapping] = againstProvider(plan).findings
    assert.deepStrictEqual([queue?.resource, mapping?.resource], ["UpdateQueueQueue", "WorkerMapping"])
    assert.match(String(queue?.says), /not assignable to type 'Input<number>/)
    assert.match(String(mapping?.says), /batchSise.* does not exist/)
  })

  for (const plan of [dev, prod, full, fullPersonal, recovered]) {
    it(`${plan.stage}: AWS would refuse nothing that can be known here`, () => {
      assert.deepStrictEqual(findings(plan), [])
    })
  }

  const broken: ReadonlyArray<
    readonly [what: string, resource: string, inputs: Readonly<Record<string, unknown>>, says: RegExp]
  > = [
    ["a name that is too long", "WorkerFunction", { name: "w".repeat(141) }, /is 141 characters, 140 at most/],
    ["a name with a space", "Firewall", { name: "concierge prod" }, /"concierge prod" does not match/],
    ["a number out of bounds", "WorkerFunction", { timeout: 0 }, /is 0, 1 at least/],
    ["a value that is not one of those", "WorkerFunction", { runtime: "nodejs99.x" }, /"nodejs99\.x" is none of/],
    ["a firewall that weighs too much", "Firewall", { rules: heavy }, /1600, 1500 at most/],
    ["a policy that is too long", "WorkerRole", { inlinePolicies: [{ policy: "x".repeat(10_241) }] }, /10240 at most/],
    ["a queue shown again too soon", "UpdateQueueQueue", { visibilityTimeoutSeconds: 49 }, /hides what was received/],
  ]
  for (const [what, resource, inputs, says] of broken) {
    it(`finds ${what}`, () => {
      const found = findings(changed(prod, resource, inputs))
      assert.isTrue(
        found.some((finding) => finding.resource === resource && says.test(finding.says)),
        JSON.stringify(found),
      )
    })
  }
})
