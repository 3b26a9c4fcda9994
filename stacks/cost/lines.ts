import { brand } from "@concierge/brands/concierge/brand.ts"
import type { Plan } from "../diff/plan.ts"
import { queue, tables, webhook, worker } from "../limits.ts"
import { ownMetrics } from "../published.ts"
import type { prices } from "./prices.ts"
import { idlePollsPerSecond, monthsKept, person, rush, secondsPerMonth, sizes, update } from "./usage.ts"

export interface Line {
  readonly what: string
  readonly price: keyof typeof prices
  readonly quantity: number
}

const gigabyte = 1e9

const rushMessages = rush.people * rush.messages

/** All workers wait, for as long as a rush takes. */
export const waiting: ReadonlyArray<Line> = [
  {
    what: "Workers that wait",
    price: "lambdaArm",
    quantity: ((rushMessages / rush.perSecond) * worker.maxConcurrency * worker.memoryMb) / 1_024,
  },
  { what: "The pace's writes", price: "tableWrite", quantity: rushMessages * rush.paceWrites },
]

/** What one of AWS's free dashboards may show; a larger one is billed whole. */
const freeDashboardMetrics = 50

/** What a stage uses in a month in which so many people are onboarded; counts of things are those of its plan. */
export const lines = (plan: Plan, people: number): ReadonlyArray<Line> => {
  const has = counted(plan)
  const updates = people * person.updates
  const greetings = people * person.newNames(people)
  const stored =
    (people * monthsKept * sizes.userBytes + updates * (tables.eventDays / 30) * sizes.eventBytes) / gigabyte
  // Of each queue a sender and a receiver fetch a data key anew when theirs has been held for long enough.
  const keyRequests = 2 * 2 * 2 * (secondsPerMonth / queue.keyReuseSeconds)
  const lambda = (seconds: number, memoryMb: number) => (updates * seconds * memoryMb) / 1_024
  const edge: ReadonlyArray<Line> = [
    { what: "CloudFront", price: "edgeRequest", quantity: updates },
    { what: "Firewall", price: "firewall", quantity: has.firewalls },
    { what: "Firewall's rules", price: "firewallRule", quantity: has.firewallRules },
    { what: "Firewall's requests", price: "firewallRequest", quantity: updates },
  ]
  return [
    ...(has.firewalls > 0 ? edge : []),
    { what: "API", price: "apiRequest", quantity: updates },
    { what: "Webhook calls", price: "lambdaRequest", quantity: updates },
    { what: "Webhook time", price: "lambdaArm", quantity: lambda(update.webhookSeconds, webhook.memoryMb) },
    { what: "Worker calls", price: "lambdaRequest", quantity: updates },
    { what: "Worker time", price: "lambdaArm", quantity: lambda(update.workerSeconds, worker.memoryMb) },
    { what: "Queue", price: "queueRequest", quantity: updates * update.queueRequests },
    { what: "Queue, idle polls", price: "queueRequest", quantity: idlePollsPerSecond * secondsPerMonth },
    { what: "Table writes", price: "tableWrite", quantity: updates * update.writeUnits },
    { what: "Table reads", price: "tableRead", quantity: updates * update.readUnits },
    { what: "Table storage", price: "tableStorage", quantity: stored },
    { what: "Point-in-time recovery", price: "tableBackup", quantity: stored },
    { what: "Greetings spoken", price: "speech", quantity: greetings * person.greetingCharacters },
    { what: "Greetings stored", price: "objectPut", quantity: greetings },
    { what: "Greetings asked for", price: "objectGet", quantity: people },
    { what: "Objects", price: "objectStorage", quantity: (greetings * monthsKept * sizes.greetingBytes) / gigabyte },
    { what: "Uploads to Telegram", price: "egress", quantity: (greetings * sizes.greetingBytes) / gigabyte },
    { what: "Keys", price: "key", quantity: has.keys },
    { what: "Key use", price: "keyRequest", quantity: keyRequests },
    { what: "Logs", price: "log", quantity: (updates * update.logBytes) / gigabyte },
    // Billed by the hour in which they are emitted; with anybody about, as if that were every hour.
    { what: "Our metrics", price: "metric", quantity: people > 0 ? ownMetrics(brand).length : 0 },
    { what: "Alarms", price: "alarmMetric", quantity: has.alarmMetrics },
    {
      what: "Dashboard",
      price: has.dashboardMetrics > freeDashboardMetrics ? "largeDashboard" : "dashboard",
      quantity: has.dashboards,
    },
    { what: "Traces", price: "trace", quantity: updates * update.traces },
  ]
}

const counted = ({ resources }: Plan) => {
  const all = (kind: string) => resources.filter(({ type }) => type.startsWith("aws:") && type.endsWith(`:${kind}`))
  const list = (value: unknown): ReadonlyArray<object> => (Array.isArray(value) ? value : [])
  const metricsOf = (queries: unknown) => list(queries).filter((query) => "metric" in query).length || 1
  return {
    keys: all("Key").length,
    dashboards: all("Dashboard").length,
    dashboardMetrics: all("Dashboard").flatMap(({ inputs }) => shown(inputs.dashboardBody)).length,
    firewalls: all("WebAcl").length,
    firewallRules: all("WebAcl").flatMap(({ inputs }) => list(inputs.rules)).length,
    alarmMetrics: all("MetricAlarm").reduce((sum, { inputs }) => sum + metricsOf(inputs.metricQueries), 0),
  }
}

const shown = (body: unknown): ReadonlyArray<unknown> => {
  const { widgets }: { widgets: ReadonlyArray<{ properties: { metrics: ReadonlyArray<unknown> } }> } = JSON.parse(
    String(body),
  )
  return widgets.flatMap(({ properties }) => properties.metrics)
}
