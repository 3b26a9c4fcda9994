import { assert, describe, it } from "@effect/vitest"
import { back, release } from "../../stacks/release/release.ts"
import { all, dev, inputs, json, prod } from "./stages.ts"

/** Two functions with versions, an alias each, and a CodeDeploy that does what it is asked, or refuses. */
const account = (refuses: ReadonlyArray<string> = []) => {
  const live = new Map([
    ["concierge-prod-worker", 3],
    ["concierge-prod-webhook", 3],
  ])
  const asked: Array<string> = []
  let started: { name: string; to: number } | undefined
  const aws = (args: ReadonlyArray<string>) => {
    const option = (name: string) => args[args.indexOf(`--${name}`) + 1] ?? ""
    const name = option("function-name")
    switch (args[1]) {
      case "get-alias":
        return JSON.stringify({ FunctionVersion: String(live.get(name)) })
      case "list-versions-by-function":
        return JSON.stringify(["$LATEST", "1", "2", "3", "4"])
      case "create-deployment": {
        const group = option("deployment-group-name")
        asked.push(group)
        started = { name: group, to: 4 }
        assert.include(JSON.stringify(json(option("revision"))), 'TargetVersion\\":\\"4')
        return "d-1\n"
      }
      case "wait":
        if (started === undefined || refuses.includes(started.name)) throw new Error("Waiter encountered a failure")
        live.set(started.name, started.to)
        return ""
      case "update-alias":
        live.set(name, Number(option("function-version")))
        return ""
      default:
        throw new Error(`aws ${args.join(" ")}`)
    }
  }
  return { aws, live, asked }
}

const heard = () => {
  const lines: Array<string> = []
  return { lines, say: (line: string) => void lines.push(line) }
}

describe("release", () => {
  it("moves the worker and then the webhook to their newest versions, and has nothing to do after", () => {
    const { aws, live, asked } = account()
    const { lines, say } = heard()
    assert.isTrue(release(aws, say, "concierge-prod"))
    assert.deepStrictEqual(asked, ["concierge-prod-worker", "concierge-prod-webhook"])
    assert.deepStrictEqual([...live.values()], [4, 4])
    assert.isTrue(release(aws, say, "concierge-prod"))
    assert.lengthOf(asked, 2)
    assert.match(String(lines.at(-1)), /version 4 is the newest$/)
  })

  it("leaves the webhook as it is when the worker's release is taken back", () => {
    const { aws, live, asked } = account(["concierge-prod-worker"])
    const { lines, say } = heard()
    assert.isFalse(release(aws, say, "concierge-prod"))
    assert.deepStrictEqual(asked, ["concierge-prod-worker"])
    assert.deepStrictEqual([...live.values()], [3, 3])
    assert.match(String(lines.at(-1)), /d-1 did not succeed, version 3 is live/)
  })

  it("goes back to the last version of both in one command", () => {
    const { aws, live } = account()
    assert.isTrue(back(aws, heard().say, "concierge-prod"))
    assert.deepStrictEqual([...live.values()], [2, 2])
  })
})

describe("gradual deploys", () => {
  it("have versions and an alias of both functions, which the API and the queue call", () => {
    for (const name of ["Webhook", "Worker"]) {
      assert.isTrue(inputs(prod, "Function", `${name}Function`).publish)
      assert.strictEqual(inputs(prod, "Alias", `${name}Live`).name, "live")
    }
    const live = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:concierge-prod-${name}:live`
    for (const name of ["WorkerMapping", "TapMapping"]) {
      assert.strictEqual(inputs(prod, "EventSourceMapping", name).functionName, live("worker"))
    }
    assert.include(String(all(prod, "Integration")[0]?.inputs.integrationUri), live("webhook"))
    assert.strictEqual(
      all(prod, "Permission").find(({ name }) => name !== "WatcherPermission")?.inputs.qualifier,
      "live",
    )
  })

  it("give a tenth for five minutes, and are taken back by alarms that exist", () => {
    const alarms = all(prod, "MetricAlarm").map(({ inputs }) => inputs.name)
    for (const { inputs } of all(prod, "DeploymentGroup")) {
      assert.containSubset(inputs, {
        deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
        autoRollbackConfiguration: { enabled: true },
        alarmConfiguration: { enabled: true },
      })
      assert.includeMembers(alarms, (inputs.alarmConfiguration as { alarms: Array<unknown> }).alarms)
    }
    assert.lengthOf(all(prod, "DeploymentGroup"), 2)
  })

  it("are off on a personal stage", () => {
    assert.isEmpty([...all(dev, "DeploymentGroup"), ...all(dev, "Application")])
    assert.isEmpty(all(dev, "Alias").filter(({ type }) => type.startsWith("aws:lambda")))
    for (const { inputs } of all(dev, "Function")) assert.isFalse(inputs.publish)
  })
})
