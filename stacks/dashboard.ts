import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { objective } from "@concierge/core/observe/objective.ts"
import { reachedMetric } from "@concierge/core/onboarding/Flow.ts"
import { alarmPeriodSeconds } from "./limits.ts"
import type { Series } from "./series.ts"
import type { Sources } from "./sources.ts"
import type { Stage } from "./stage.ts"

interface Graph {
  readonly title: string
  readonly series: ReadonlyArray<Series>
  readonly region?: string
  /** A bar a series over the whole span shown, for what narrows from step to step. */
  readonly bars?: boolean
  /** A line across, at what is aimed for. */
  readonly aim?: { readonly label: string; readonly value: number }
}

/** CloudWatch's grid is 24 wide: three graphs a row, each six high. */
const perRow = 3
const size = { width: 24 / perRow, height: 6 }

export const dashboard = (stage: Stage, brand: BrandValue, sources: Sources) =>
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${stage.name}`,
    dashboardBody: $jsonStringify({
      widgets: graphs(stage, brand, sources).map((graph, i) => ({
        type: "metric",
        x: (i % perRow) * size.width,
        y: Math.floor(i / perRow) * size.height,
        ...size,
        properties: {
          title: graph.title,
          region: graph.region ?? stage.region,
          period: alarmPeriodSeconds,
          ...(graph.aim && { annotations: { horizontal: [graph.aim] } }),
          ...(graph.bars ? { view: "bar", setPeriodToTimeRange: true } : { view: "timeSeries" }),
          metrics: graph.series.map(line),
        },
      })),
    }),
  })

const line = ({ namespace, metricName, dimensions, stat }: Series) => [
  namespace,
  metricName,
  ...Object.entries(dimensions).flat(),
  { stat },
]

const graphs = (
  stage: Stage,
  { flow, name }: BrandValue,
  { api, webhook, worker, queue, taps, deadLetters, tables, firewall, own }: Sources,
) => {
  const percentiles = (of: typeof webhook) => [of("Duration", "p50"), of("Duration", "p95"), of("Duration", "p99")]
  const percent = 100 * objective.share
  const list: Array<Graph> = [
    {
      title: `Objective: ${percent} % of /starts have their video within ${objective.within / 1_000} s`,
      series: [own("StartToVideo", `PR(:${objective.within})`)],
      aim: { label: `${percent} %`, value: percent },
    },
    {
      title: "From /start to video (ms), Telegram's limit not counted",
      series: [own("StartToVideo", "p50"), own("StartToVideo", "p95"), own("StartToVideo", "p99")],
    },
    {
      title: "Telegram's limit: refusals, waits it imposes (ms)",
      series: [
        own("LimitedSends"),
        own("LimitWaits", "SampleCount"),
        own("LimitWaits", "p50"),
        own("LimitWaits", "p99"),
      ],
    },
    { title: `${name}: funnel`, bars: true, series: flow.steps.map((step) => own(reachedMetric(step))) },
    {
      title: "Updates",
      series: [
        own("UpdatesAccepted"),
        own("UpdatesApplied"),
        own("UpdatesIgnored"),
        own("UpdatesDeferred"),
        own("UpdatesParked"),
      ],
    },
    {
      title: "Sends that went wrong",
      series: [own("SendFailures"), own("AmbiguousSends"), own("DegradedGreetings")],
    },
    { title: "API requests", series: [api("Count"), api("4xx"), api("5xx")] },
    { title: "API latency", series: [api("Latency", "p50"), api("Latency", "p95"), api("IntegrationLatency", "p95")] },
    { title: "Webhook duration", series: percentiles(webhook) },
    {
      title: "Webhook calls and errors",
      series: [webhook("Invocations"), webhook("Errors"), webhook("Throttles"), own("WebhookErrors")],
    },
    { title: "Worker duration", series: percentiles(worker) },
    {
      title: "Worker calls and errors",
      series: [
        worker("Invocations"),
        worker("Errors"),
        worker("Throttles"),
        own("FailedRecords"),
        worker("ConcurrentExecutions", "Maximum"),
      ],
    },
    {
      title: "Queue",
      series: [
        queue("ApproximateNumberOfMessagesVisible", "Maximum"),
        queue("ApproximateNumberOfMessagesNotVisible", "Maximum"),
        queue("ApproximateNumberOfMessagesDelayed", "Maximum"),
      ],
    },
    {
      title: "Queue of taps",
      series: [
        taps("ApproximateNumberOfMessagesVisible", "Maximum"),
        taps("ApproximateNumberOfMessagesNotVisible", "Maximum"),
        taps("ApproximateNumberOfMessagesDelayed", "Maximum"),
      ],
    },
    {
      title: "Oldest message (s)",
      series: [queue("ApproximateAgeOfOldestMessage", "Maximum"), taps("ApproximateAgeOfOldestMessage", "Maximum")],
    },
    {
      title: "From receipt to a worker (ms): the oldest, the median",
      series: [own("UpdateAge", "Maximum"), own("UpdateAge", "p50")],
    },
    {
      title: "Caches",
      series: [own("FileIdHits"), own("FileIdMisses"), own("GreetingHits"), own("GreetingMisses")],
    },
    { title: "Dead letters", series: [deadLetters("ApproximateNumberOfMessagesVisible", "Maximum")] },
    {
      title: "Table capacity used",
      series: tables.flatMap(({ table }) => [table("ConsumedWriteCapacityUnits"), table("ConsumedReadCapacityUnits")]),
    },
    {
      title: "Table throttles",
      series: tables.flatMap(({ table, indexes }) =>
        [table, ...indexes].flatMap((of) => [of("ReadThrottleEvents"), of("WriteThrottleEvents")]),
      ),
    },
  ]
  if (!stage.permanent) return list
  const requests = [firewall("AllowedRequests"), firewall("BlockedRequests"), firewall("CountedRequests")]
  return [
    ...list,
    { title: "The bot as Telegram sees it", series: [own("BotPending", "Maximum"), own("BotSilent", "Maximum")] },
    { title: "Firewall", region: "us-east-1", series: requests },
  ]
}
