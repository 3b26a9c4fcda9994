import { readFileSync } from "node:fs"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { assert, describe, it } from "@effect/vitest"
import { ownMetrics, published } from "../../stacks/published.ts"
import { fault, graphs, metricsOf } from "./metrics.ts"
import { all, at, both, dev, full, inputs, one, prod } from "./stages.ts"

describe("metrics", () => {
  it("are read only where they are documented", () => {
    for (const { documentation } of Object.values(published(brand))) {
      assert.match(documentation, /^(https:\/\/docs\.aws\.amazon\.com\/|packages\/core\/)/)
    }
  })

  for (const plan of both) {
    it(`${plan.stage}: every alarm reads metrics that exist, of things of this stage`, () => {
      for (const alarm of all(plan, "MetricAlarm")) {
        assert.isNotEmpty(metricsOf(alarm))
        for (const metric of metricsOf(alarm)) assert.isUndefined(fault(plan, metric), alarm.name)
      }
    })

    it(`${plan.stage}: so does every graph`, () => {
      for (const { title, metrics } of graphs(plan)) {
        for (const metric of metrics) assert.isUndefined(fault(plan, metric), title)
      }
    })
  }

  it("refuses those that do not exist", () => {
    const FunctionName = "concierge-prod-webhook"
    const wrong = [
      { namespace: "AWS/ApiGateway", metricName: "5XXError", dimensions: { ApiId: "ApiApi-id" } },
      { namespace: "AWS/DynamoDB", metricName: "UserErrors", dimensions: { TableName: "x" } },
      { namespace: "AWS/Lambda", metricName: "Errors", dimensions: { Function: FunctionName } },
      { namespace: "AWS/Lambda", metricName: "Errors", dimensions: { FunctionName: "another" } },
      { namespace: "Concierge", metricName: "Made up", dimensions: { Stage: "prod" } },
      { namespace: "Concierge", metricName: "FinishReached", dimensions: { Stage: "dev-ana" } },
    ]
    for (const metric of wrong) assert.isDefined(fault(prod, metric), metric.metricName)
    assert.isUndefined(fault(prod, { namespace: "AWS/Lambda", metricName: "Errors", dimensions: { FunctionName } }))
  })
})

/** The windows of those that look at more than five minutes, in seconds, and at more than one of them. */
const windows: Readonly<Record<string, number>> = { StartsLateFast: 3_600, StartsLateSlow: 21_600 }
const inARow: Readonly<Record<string, number>> = { BotSilent: 2 }

/** Name, severity, and over what: what was asked for at first, the objective's two, and the bot's silence. */
const expected: ReadonlyArray<readonly [name: string, topic: string, over: number]> = [
  ["StartsLateFast", "CriticalTopic", 14.4],
  ["StartsLateSlow", "WarningTopic", 6],
  ["BotSilent", "CriticalTopic", 0],
  ["DeadLetters", "CriticalTopic", 0],
  ["Parked", "CriticalTopic", 0],
  ["Api5xx", "CriticalTopic", 5],
  ["WebhookErrors", "WarningTopic", 5],
  ["WebhookErrorRate", "WarningTopic", 2],
  ["WorkerErrors", "WarningTopic", 5],
  ["WorkerErrorRate", "WarningTopic", 2],
  ["WorkerSlow", "WarningTopic", 30_000],
  ["QueueOld", "WarningTopic", 300],
  ["TapsOld", "WarningTopic", 60],
  ["UsersThrottled", "WarningTopic", 5],
  ["SessionsThrottled", "WarningTopic", 5],
  ["EventsThrottled", "WarningTopic", 5],
  ["SettingsThrottled", "WarningTopic", 5],
  ["SendFailures", "WarningTopic", 20],
  ["Api4xx", "InfoTopic", 100],
  ["FirewallBlocked", "EdgeInfoTopic", 100],
]

describe("alarms", () => {
  it("prod: each to the topic of its severity, over its window", () => {
    assert.sameMembers(
      all(prod, "MetricAlarm").map(({ name }) => name),
      expected.map(([name]) => `${name}Alarm`),
    )
    for (const [name, topic, over] of expected) {
      const alarm = inputs(prod, "MetricAlarm", `${name}Alarm`)
      const evaluationPeriods = inARow[name] ?? 1
      assert.containSubset(alarm, { threshold: over, comparisonOperator: "GreaterThanThreshold", evaluationPeriods })
      assert.match(String(at(alarm.alarmActions, 0)), new RegExp(`:${topic}$`), name)
      const periods = [alarm.period, ...queriesOf(alarm).map((query) => at(query, "metric", "period"))]
      assert.deepStrictEqual([...new Set(periods.filter(Boolean))], [windows[name] ?? 300], name)
    }
  })

  it("dev-ana: the same, but for the edge's and the watcher's, and telling nobody", () => {
    assert.lengthOf(all(dev, "MetricAlarm"), expected.length - 2)
    for (const { inputs } of all(dev, "MetricAlarm")) assert.isEmpty(inputs.alarmActions)
  })

  it("sees failures that never raise the functions' own Errors", () => {
    const read = (name: string) => metricsOf(one(prod, "MetricAlarm", name)).map(({ metricName }) => metricName)
    assert.includeMembers(read("WebhookErrorsAlarm"), ["Errors", "WebhookErrors"])
    assert.includeMembers(read("WorkerErrorsAlarm"), ["Errors", "FailedRecords"])
    assert.includeMembers(read("WebhookErrorRateAlarm"), ["Errors", "WebhookErrors", "Invocations"])
    assert.includeMembers(read("WorkerErrorRateAlarm"), ["Errors", "FailedRecords", "WorkerRecords"])
  })

  it("counts no wait that Telegram's limit imposes as slowness of ours", () => {
    const alarm = inputs(prod, "MetricAlarm", "WorkerSlowAlarm")
    assert.strictEqual(at(queriesOf(alarm)[0], "expression"), "duration - FILL(waited, 0)")
    const waited = metricsOf(one(prod, "MetricAlarm", "WorkerSlowAlarm")).map(({ metricName }) => metricName)
    assert.sameMembers(waited, ["Duration", "LimitWaits"])
  })

  it("burns by the share of /starts that were late, once five of them were", () => {
    for (const name of ["StartsLateFastAlarm", "StartsLateSlowAlarm"]) {
      const queries = queriesOf(inputs(prod, "MetricAlarm", name))
      const stats = queries.map((query) => at(query, "metric", "stat")).filter(Boolean)
      assert.sameMembers(stats, ["SampleCount", "PR(:5000)"])
      assert.strictEqual(at(queries[0], "expression"), "IF(starts * (100 - good) / 100 >= 5, 100 - good, 0)")
    }
  })

  it("takes no word from the watcher for bad news, and none from anybody else for good", () => {
    for (const { inputs, name } of all(prod, "MetricAlarm")) {
      assert.strictEqual(inputs.treatMissingData, name === "BotSilentAlarm" ? "breaching" : "notBreaching", name)
    }
  })

  it("sees throttles of the indexes as well as of the tables", () => {
    const indexed = metricsOf(one(prod, "MetricAlarm", "EventsThrottledAlarm")).filter(
      ({ dimensions }) => "GlobalSecondaryIndexName" in dimensions,
    )
    assert.lengthOf(indexed, 2)
  })

  it("has the firewall's alarm, its topic and its key in us-east-1", () => {
    for (const [kind, name] of [
      ["MetricAlarm", "FirewallBlockedAlarm"],
      ["Topic", "EdgeInfoTopic"],
      ["Key", "EdgeAlarmKey"],
    ] as const) {
      assert.strictEqual(one(prod, kind, name).options?.provider, "EdgeRegion", name)
    }
  })

  it("reaches a reader: encrypted topics with e-mail, whose key lets CloudWatch in", () => {
    for (const name of ["Critical", "Warning", "Info", "EdgeInfo"]) {
      assert.match(String(inputs(prod, "Topic", `${name}Topic`).kmsMasterKeyId), /AlarmKey$/)
      assert.containSubset(inputs(prod, "TopicSubscription", `${name}TopicEmail`), {
        protocol: "email",
        endpoint: "ops@example.com",
      })
      assert.include(String(inputs(prod, "TopicPolicy", `${name}TopicPolicy`).policy), "cloudwatch.amazonaws.com")
    }
    assert.include(String(inputs(prod, "Key", "AlarmKey").policy), "budgets.amazonaws.com")
    assert.containSubset(inputs(prod, "Budget", "MonthlyBudget"), { timeUnit: "MONTHLY", limitAmount: "50" })
  })
})

const queriesOf = (alarm: Readonly<Record<string, unknown>>) => (alarm.metricQueries ?? []) as ReadonlyArray<unknown>

describe("a pager", () => {
  it("is told of what is critical and of warnings, where one is named", () => {
    const urls = all(full, "TopicSubscription").filter(({ inputs }) => inputs.protocol === "https")
    assert.sameMembers(
      urls.map(({ name }) => name),
      ["CriticalTopicUrl", "WarningTopicUrl"],
    )
    for (const { inputs } of urls) {
      assert.containSubset(inputs, {
        endpoint: "https://pager.example.com/integration/key",
        endpointAutoConfirms: true,
      })
    }
    assert.isEmpty(all(prod, "TopicSubscription").filter(({ inputs }) => inputs.protocol !== "email"))
  })
})

describe("dashboard", () => {
  it("opens with the objective, and shows every metric that the programs emit", () => {
    const [first] = graphs(prod)
    assert.match(String(first?.title), /^Objective: 99 % of \/starts/)
    assert.containSubset(first?.metrics[0], { metricName: "StartToVideo", stat: "PR(:5000)" })
    const shown = new Set(graphs(prod).flatMap(({ metrics }) => metrics.map(({ metricName }) => metricName)))
    const unseen = ownMetrics(brand).filter((name) => !shown.has(name))
    // Every request is one of the API's, whose count stands there; records are what error rates are rates of.
    assert.sameMembers(unseen, ["WebhookRequests", "WorkerRecords"])
  })

  it("shows API, both functions by percentile, queue and dead letters, tables, firewall and funnel", () => {
    const shown = graphs(prod).flatMap(({ metrics }) => metrics.map((m) => `${m.namespace} ${m.metricName} ${m.stat}`))
    for (const percentile of ["p50", "p95", "p99"]) {
      assert.lengthOf(
        shown.filter((line) => line === `AWS/Lambda Duration ${percentile}`),
        2,
        percentile,
      )
    }
    assert.includeMembers(shown, [
      "AWS/ApiGateway 5xx Sum",
      "AWS/SQS ApproximateNumberOfMessagesVisible Maximum",
      "AWS/SQS ApproximateAgeOfOldestMessage Maximum",
      "AWS/DynamoDB WriteThrottleEvents Sum",
      "AWS/WAFV2 BlockedRequests Sum",
      "Concierge VideoReached Sum",
      "Concierge GreetingReached Sum",
      "Concierge FinishReached Sum",
    ])
    assert.strictEqual(graphs(prod).find(({ title }) => title === "Firewall")?.region, "us-east-1")
    assert.isUndefined(graphs(dev).find(({ title }) => title === "Firewall"))
  })
})

describe("the runbook", () => {
  it("has a section for each alarm, and for none that is not there", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8")
    const section = /^## Alarms$([\s\S]*?)^## /m.exec(runbook)?.[1] ?? ""
    const told = [...section.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)
    const raised = all(prod, "MetricAlarm").map(({ inputs }) => String(inputs.name).replace("concierge-prod-", ""))
    assert.sameMembers(told, raised)
  })
})
