import { maxReceives } from "@concierge/core/delivery/deployed.ts"
import { deadline, visibility } from "@concierge/core/delivery/times.ts"
import { retention } from "@concierge/core/retention.ts"
import { namespace } from "@concierge/core/services/Metric.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { graphs } from "./metrics.ts"
import { all, at, both, inputs, json } from "./stages.ts"

const day = 86_400

describe("what is deployed and what the programs go by are the same numbers", () => {
  for (const plan of both) {
    it(`${plan.stage}: the worker's deadline, and six of them for the visibility`, () => {
      assert.strictEqual(inputs(plan, "Function", "WorkerFunction").timeout, Duration.toSeconds(deadline))
      const queue = inputs(plan, "Queue", "UpdateQueueQueue")
      assert.strictEqual(queue.visibilityTimeoutSeconds, Duration.toSeconds(visibility))
      assert.isAtLeast(Duration.toSeconds(visibility), 6 * Duration.toSeconds(deadline))
      assert.strictEqual(at(json(queue.redrivePolicy), "maxReceiveCount"), maxReceives)
    })

    it(`${plan.stage}: an update can come for as long as queue and dead letters keep it, and events outlive it`, () => {
      const kept = (name: string) => Number(inputs(plan, "Queue", name).messageRetentionSeconds) / day
      assert.strictEqual(kept("UpdateQueueQueue"), retention.queue)
      assert.strictEqual(kept("DeadLettersQueue"), retention.deadLetters)
      assert.isAbove(retention.lastUpdate, retention.queue + retention.deadLetters)
      const variables = at(inputs(plan, "Function", "WorkerFunction").environment, "variables")
      assert.strictEqual(at(variables, "EVENT_RETENTION_DAYS"), String(retention.events))
      assert.isAtLeast(retention.events, retention.lastUpdate)
      assert.isAtMost(retention.events, retention.eventsMost)
    })

    it(`${plan.stage}: logs, backups and greetings go when people are told that they do`, () => {
      for (const { inputs, name } of all(plan, "LogGroup")) {
        assert.strictEqual(inputs.retentionInDays, retention.logs, name)
      }
      for (const { inputs, name } of all(plan, "Table")) {
        assert.deepStrictEqual(
          inputs.pointInTimeRecovery,
          { enabled: true, recoveryPeriodInDays: retention.backups },
          name,
        )
      }
      const { rules } = inputs(plan, "BucketLifecycleConfiguration", "GreetingsBucketLifecycle")
      assert.containSubset(rules, [{ id: "greetings", expiration: { days: retention.greetings } }])
    })

    it(`${plan.stage}: the namespace of the metrics is the programs'`, () => {
      const read = graphs(plan).flatMap(({ metrics }) => metrics.map((metric) => metric.namespace))
      assert.includeMembers(read, [namespace])
      assert.isEmpty(read.filter((name) => name !== namespace && !name.startsWith("AWS/")))
    })
  }
})
