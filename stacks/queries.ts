import type { Field } from "@concierge/core/observe/fields.ts"
import { functionName } from "./functions.ts"
import type { Stage } from "./stage.ts"

interface Query {
  readonly name: string
  /** In the language of CloudWatch Logs Insights. */
  readonly text: string
}

/** Lists fields of a line: no query can ask for one that no line has. */
const fields = (...names: ReadonlyArray<Field>): string => `fields @timestamp, ${names.join(", ")}`

/** What an operator asks the logs. `<…>` is to be filled in. The first three look as far back as the console is set to. */
export const queries: ReadonlyArray<Query> = [
  {
    name: "slowest updates",
    text: [
      fields(
        "updateId",
        "userId",
        "action",
        "step",
        "outcome",
        "durationMs",
        "queuedMs",
        "limitedMs",
        "coldStart",
        "steps",
      ),
      'filter message = "update"',
      "sort durationMs desc",
      "limit 50",
    ].join("\n| "),
  },
  {
    name: "errors by reason",
    text: [
      fields("level", "message", "outcome", "reason", "result"),
      'filter level in ["WARN", "ERROR"]',
      "stats count(*) as lines, count_distinct(updateId) as updates by level, message, outcome, reason, result",
      "sort level asc, lines desc",
    ].join("\n| "),
  },
  {
    name: "kinds, methods and languages",
    text: [
      fields("kind", "outcome", "method", "result", "step", "language", "durationMs"),
      'filter message = "update"',
      "stats count(*) as updates, pct(durationMs, 95) as p95 by kind, outcome, method, result, step, language",
      "sort updates desc",
    ].join("\n| "),
  },
  {
    name: "one person",
    text: [
      fields(
        "level",
        "message",
        "updateId",
        "action",
        "step",
        "outcome",
        "reason",
        "result",
        "attempt",
        "correlationId",
      ),
      'filter userId = "telegram_<id>"',
      "sort @timestamp asc",
    ].join("\n| "),
  },
  {
    name: "one campaign's hour",
    text: [
      fields("campaign", "link", "action", "step", "outcome", "startMs", "limitedMs", "language"),
      'filter message = "update" and campaign = "<campaign>"',
      [
        'stats count_distinct(userId) as people, count(*) as updates, sum(strcontains(outcome, "applied")) as applied,',
        "pct(startMs, 99) as startP99, max(limitedMs) as longestLimit by bin(1m) as minute, step",
      ].join(" "),
      "sort minute asc",
    ].join("\n| "),
  },
  {
    name: "one update",
    text: [
      fields(
        "message",
        "level",
        "outcome",
        "reason",
        "attempt",
        "receives",
        "durationMs",
        "requestId",
        "functionVersion",
        "steps",
      ),
      "filter updateId = <update id>",
      "sort @timestamp asc",
    ].join("\n| "),
  },
]

/** Saved in the console under the stage's name, each on both functions' logs. */
export const savedQueries = (stage: Stage) => {
  const logGroupNames = (["webhook", "worker"] as const).map((name) => `/aws/lambda/${functionName(stage, name)}`)
  for (const { name, text } of queries) {
    new aws.cloudwatch.QueryDefinition(logicalName(name), {
      name: `${$app.name}-${stage.name}/${name}`,
      logGroupNames,
      queryString: text,
    })
  }
}

/** `slowest updates` → `SlowestUpdatesQuery`. */
const logicalName = (name: string) =>
  `${name.replaceAll(/[^a-z ]/g, "").replaceAll(/(?:^| )([a-z])/g, (_, letter: string) => letter.toUpperCase())}Query`
