import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { reachedMetric } from "@concierge/core/onboarding/Flow.ts"
import { metrics, namespace } from "@concierge/core/services/Metric.ts"

interface Published {
  /** Where AWS says that these exist. */
  readonly documentation: string
  readonly metrics: ReadonlyArray<string>
  /** The sets of dimensions under which they are published; any other set is a metric that has no data. */
  readonly dimensions: ReadonlyArray<ReadonlyArray<string>>
}

const byAws = {
  "AWS/ApiGateway": {
    documentation: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html",
    metrics: ["4xx", "5xx", "Count", "Latency", "IntegrationLatency"],
    dimensions: [["ApiId"]],
  },
  "AWS/Lambda": {
    documentation: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html",
    metrics: ["Invocations", "Errors", "Duration", "Throttles", "ConcurrentExecutions"],
    dimensions: [["FunctionName"]],
  },
  "AWS/SQS": {
    documentation:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    metrics: [
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesDelayed",
      "ApproximateNumberOfMessagesNotVisible",
      "ApproximateNumberOfMessagesVisible",
      "NumberOfMessagesSent",
      "NumberOfMessagesDeleted",
    ],
    dimensions: [["QueueName"]],
  },
  "AWS/DynamoDB": {
    documentation: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
    metrics: ["ReadThrottleEvents", "WriteThrottleEvents", "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"],
    dimensions: [["TableName"], ["GlobalSecondaryIndexName", "TableName"]],
  },
  "AWS/WAFV2": {
    documentation: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html",
    metrics: ["AllowedRequests", "BlockedRequests", "CountedRequests"],
    // A firewall of CloudFront's has no Region dimension.
    dimensions: [["Rule", "WebACL"]],
  },
} satisfies Record<string, Published>

export type Namespace = keyof typeof byAws | typeof namespace

/** What the programs emit, in embedded metric format: as much for every brand, and one for each step of this one's. */
export const ownMetrics = ({ flow }: BrandValue): ReadonlyArray<string> => [
  ...Object.keys(metrics),
  ...flow.steps.map(reachedMetric),
]

/** Every metric that an alarm or a graph of the brand's stage may read. */
export const published = (brand: BrandValue): Readonly<Record<Namespace, Published>> => ({
  ...byAws,
  [namespace]: {
    documentation: "packages/core/services/Metric.ts",
    metrics: ownMetrics(brand),
    dimensions: [["Stage"]],
  },
})
