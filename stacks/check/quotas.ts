import type { Plan, Planned } from "../diff/plan.ts"

/** A size or a number that a service allows, and what of a plan counts towards it. */
export interface Quota {
  readonly what: string
  readonly most: number
  /** Where AWS says so. */
  readonly page: string
  readonly count: (plan: Plan) => ReadonlyArray<readonly [resource: string, size: number]>
}

const docs = (page: string) => `https://docs.aws.amazon.com/${page}`

const of = (type: string, size: (resource: Planned) => number) => (plan: Plan) =>
  plan.resources
    .filter((resource) => resource.type === type)
    .map((resource) => [resource.name, size(resource)] as const)

/** AWS counts bytes. */
const bytes = (text: unknown) => Buffer.byteLength(typeof text === "string" ? text : JSON.stringify(text ?? ""))

const list = (value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> => (Array.isArray(value) ? value : [])

const widgets = ({ inputs }: Planned) => list(JSON.parse(String(inputs.dashboardBody)).widgets)

/** What AWS's managed groups weigh is theirs to say; the rest is of the list prices of capacity. */
const weights: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
}

const weight = (rule: Readonly<Record<string, unknown>>) => weights[String(rule.name)] ?? 2

export const quotas: ReadonlyArray<Quota> = [
  {
    what: "bytes of a role's own policies",
    most: 10_240,
    page: docs("IAM/latest/UserGuide/reference_iam-quotas.html"),
    count: of("aws:iam/role:Role", ({ inputs }) =>
      list(inputs.inlinePolicies).reduce((sum, { policy }) => sum + bytes(policy), 0),
    ),
  },
  {
    what: "bytes of a role's trust",
    most: 2_048,
    page: docs("IAM/latest/UserGuide/reference_iam-quotas.html"),
    count: of("aws:iam/role:Role", ({ inputs }) => bytes(inputs.assumeRolePolicy)),
  },
  {
    what: "bytes of a key's policy",
    most: 32_768,
    page: docs("kms/latest/developerguide/resource-limits.html"),
    count: of("aws:kms/key:Key", ({ inputs }) => bytes(inputs.policy)),
  },
  {
    what: "bytes of a topic's policy",
    most: 30_720,
    page: docs("general/latest/gr/sns.html"),
    count: of("aws:sns/topicPolicy:TopicPolicy", ({ inputs }) => bytes(inputs.policy)),
  },
  {
    what: "bytes of a bucket's policy",
    most: 20_480,
    page: docs("AmazonS3/latest/userguide/example-bucket-policies.html"),
    count: of("aws:s3/bucketPolicy:BucketPolicy", ({ inputs }) => bytes(inputs.policy)),
  },
  {
    what: "bytes of a log policy",
    most: 5_120,
    page: docs("AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html"),
    count: of("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", ({ inputs }) => bytes(inputs.policyDocument)),
  },
  {
    what: "bytes of a function's environment",
    most: 4_096,
    page: docs("lambda/latest/dg/gettingstarted-limits.html"),
    count: of("aws:lambda/function:Function", ({ inputs }) => bytes(inputs.environment)),
  },
  {
    what: "capacity units of a firewall",
    most: 1_500,
    page: docs("waf/latest/developerguide/aws-waf-capacity-units.html"),
    count: of("aws:wafv2/webAcl:WebAcl", ({ inputs }) =>
      list(inputs.rules).reduce((sum, rule) => sum + weight(rule), 0),
    ),
  },
  {
    what: "metrics of a graph",
    most: 500,
    page: docs("AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"),
    count: (plan) =>
      plan.resources
        .filter(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard")
        .flatMap(widgets)
        .map(({ properties }) => {
          const { title, metrics } = properties as { title: string; metrics: ReadonlyArray<unknown> }
          return [`Dashboard ${title}`, metrics.length] as const
        }),
  },
  {
    what: "widgets of a dashboard",
    most: 500,
    page: docs("AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"),
    count: of("aws:cloudwatch/dashboard:Dashboard", (board) => widgets(board).length),
  },
  {
    what: "columns of a dashboard",
    most: 24,
    page: docs("AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html"),
    count: of("aws:cloudwatch/dashboard:Dashboard", (board) =>
      Math.max(...widgets(board).map(({ x, width }) => Number(x) + Number(width))),
    ),
  },
  {
    what: "metrics of an alarm's expression",
    most: 10,
    page: docs("AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"),
    count: of(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      ({ inputs }) => list(inputs.metricQueries).filter(({ metric }) => metric !== undefined).length,
    ),
  },
]
