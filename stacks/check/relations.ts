import type { Plan, Planned } from "../diff/plan.ts"
import type { Finding } from "./finding.ts"

/** What a service refuses of one resource because of another, or of one property because of another. */
export interface Relation {
  readonly says: string
  readonly page: string
  readonly broken: (plan: Plan) => ReadonlyArray<string>
}

const all = ({ resources }: Plan, type: string) => resources.filter((resource) => resource.type === type)

const named = (resources: ReadonlyArray<Planned>) => resources.map(({ name }) => name)

interface LifecycleRule {
  readonly transitions?: ReadonlyArray<{ readonly days: number; readonly storageClass: string }>
  readonly expiration?: { readonly days?: number }
}

export const relations: ReadonlyArray<Relation> = [
  {
    says: "a queue hides what was received at least as long as its function may take",
    page: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    broken: (plan) => {
      const longest = Math.max(...all(plan, "aws:lambda/function:Function").map(({ inputs }) => Number(inputs.timeout)))
      // The one with dead letters is the one that is polled.
      const polled = all(plan, "aws:sqs/queue:Queue").filter(({ inputs }) => inputs.redrivePolicy !== undefined)
      return named(polled.filter(({ inputs }) => Number(inputs.visibilityTimeoutSeconds) < longest))
    },
  },
  {
    says: "a batch of more than ten needs a window",
    page: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    broken: (plan) =>
      named(
        all(plan, "aws:lambda/eventSourceMapping:EventSourceMapping").filter(
          ({ inputs }) => Number(inputs.batchSize) > 10 && !Number(inputs.maximumBatchingWindowInSeconds),
        ),
      ),
  },
  {
    says: "a firewall's log group begins with aws-waf-logs-",
    page: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html",
    broken: (plan) =>
      named(
        all(plan, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").filter(
          ({ inputs }) => !String(inputs.logDestinationConfigs).includes(":log-group:aws-waf-logs-"),
        ),
      ),
  },
  {
    says: "a firewall's rules have a priority each",
    page: "https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html",
    broken: (plan) =>
      named(
        all(plan, "aws:wafv2/webAcl:WebAcl").filter(({ inputs }) => {
          const priorities = (inputs.rules as ReadonlyArray<{ readonly priority: number }>).map((rule) => rule.priority)
          return new Set(priorities).size !== priorities.length
        }),
      ),
  },
  {
    says: "infrequent access begins after 30 days, and before the objects expire",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
    broken: (plan) =>
      named(
        all(plan, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").filter(({ inputs }) =>
          (inputs.rules as ReadonlyArray<LifecycleRule>).some(({ transitions = [], expiration }) =>
            transitions.some(({ days }) => days < 30 || days >= (expiration?.days ?? Number.POSITIVE_INFINITY)),
          ),
        ),
      ),
  },
  {
    says: "an alarm reads either one metric or an expression",
    page: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    broken: (plan) =>
      named(
        all(plan, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(
          ({ inputs }) => (inputs.metricName === undefined) === (inputs.metricQueries === undefined),
        ),
      ),
  },
  {
    says: "a name is given once a kind of thing and region",
    page: "https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
    broken: ({ resources }) => {
      // A domain's records share its name.
      const given = resources.filter(
        ({ type, inputs }) => /^aws:(?!route53)/.test(type) && typeof inputs.name === "string",
      )
      // A function's alias is named within the function.
      const whole = ({ type, inputs: { name, functionName }, options }: Planned) =>
        `${type} ${options?.provider} ${functionName} ${name}`
      const same = Map.groupBy(given, whole)
      return [...same.values()].filter(({ length }) => length > 1).flatMap(named)
    },
  },
]

export const brokenRelations = (plan: Plan): ReadonlyArray<Finding> =>
  relations.flatMap(({ says, page, broken }) =>
    broken(plan).map((resource) => ({ resource, where: "together", says: `${says} (${page})` })),
  )
