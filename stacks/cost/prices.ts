/** A list price of us-east-1 in USD. */
export interface Price {
  readonly usd: number
  /** So many units cost that. */
  readonly per: number
  readonly unit: string
  /** When the page that says so was written or stored; "†" where the price is from memory, to be checked before it is relied on. */
  readonly date: string
  readonly page: string
  /** What AWS gives every account each month without end; † throughout. */
  readonly free?: number
}

const million = 1_000_000
const page = (service: string) => `https://aws.amazon.com/${service}/pricing/`

export const prices = {
  apiRequest: { usd: 1, per: million, unit: "requests", date: "2026-01", page: page("api-gateway") },
  edgeRequest: {
    usd: 1.2,
    per: million,
    unit: "HTTPS requests (Europe)",
    date: "2025-06 †",
    page: page("cloudfront"),
    free: 10 * million,
  },
  firewall: { usd: 5, per: 1, unit: "web ACLs a month", date: "2026-06", page: page("waf") },
  firewallRule: { usd: 1, per: 1, unit: "rules a month", date: "2026-06", page: page("waf") },
  firewallRequest: { usd: 0.6, per: million, unit: "requests", date: "2026-06", page: page("waf") },
  lambdaRequest: {
    usd: 0.2,
    per: million,
    unit: "invocations",
    date: "2025-06 †",
    page: page("lambda"),
    free: million,
  },
  lambdaArm: {
    usd: 0.000_013_333_4,
    per: 1,
    unit: "GB-seconds (arm64)",
    date: "2024-12",
    page: page("lambda"),
    free: 400_000,
  },
  queueRequest: { usd: 0.4, per: million, unit: "requests", date: "2025-06 †", page: page("sqs"), free: million },
  tableWrite: { usd: 0.625, per: million, unit: "write units", date: "2025-07", page: page("dynamodb") },
  tableRead: { usd: 0.125, per: million, unit: "read units", date: "2025-07", page: page("dynamodb") },
  tableStorage: { usd: 0.25, per: 1, unit: "GB a month", date: "2025-06 †", page: page("dynamodb"), free: 25 },
  tableBackup: { usd: 0.2, per: 1, unit: "GB a month", date: "2025-06 †", page: page("dynamodb") },
  objectStorage: { usd: 0.023, per: 1, unit: "GB a month", date: "2025-06 †", page: page("s3") },
  objectPut: { usd: 0.005, per: 1_000, unit: "PUTs", date: "2025-06 †", page: page("s3") },
  objectGet: { usd: 0.0004, per: 1_000, unit: "GETs", date: "2025-06 †", page: page("s3") },
  speech: { usd: 16, per: million, unit: "characters (neural)", date: "2026-04", page: page("polly") },
  key: { usd: 1, per: 1, unit: "keys a month", date: "2025-06 †", page: page("kms") },
  keyRequest: { usd: 0.03, per: 10_000, unit: "requests", date: "2025-06 †", page: page("kms"), free: 20_000 },
  log: { usd: 0.5, per: 1, unit: "GB taken in", date: "2026-01", page: page("cloudwatch"), free: 5 },
  metric: { usd: 0.3, per: 1, unit: "metrics a month", date: "2025-06 †", page: page("cloudwatch"), free: 10 },
  alarmMetric: {
    usd: 0.1,
    per: 1,
    unit: "metrics in alarms a month",
    date: "2025-06 †",
    page: page("cloudwatch"),
    free: 10,
  },
  dashboard: { usd: 3, per: 1, unit: "dashboards a month", date: "2025-06 †", page: page("cloudwatch"), free: 3 },
  /** The three free ones may show 50 metrics each. */
  largeDashboard: {
    usd: 3,
    per: 1,
    unit: "dashboards of over 50 metrics a month",
    date: "2025-06 †",
    page: page("cloudwatch"),
  },
  trace: { usd: 5, per: million, unit: "traces", date: "2025-06 †", page: page("xray"), free: 100_000 },
  egress: { usd: 0.09, per: 1, unit: "GB out", date: "2025-06 †", page: page("ec2/on-demand"), free: 100 },
} as const satisfies Record<string, Price>
