import { brand } from "@concierge/brands/concierge/brand.ts"
import type { Plan, Planned } from "../../stacks/diff/plan.ts"
import { published } from "../../stacks/published.ts"
import { all, at, json } from "./stages.ts"

export interface Metric {
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Readonly<Record<string, string>>
}

/** What an alarm reads, alone or in its metric maths. */
export const metricsOf = ({ inputs }: Planned): ReadonlyArray<Metric> => {
  const queries = inputs.metricQueries as ReadonlyArray<{ metric?: Metric }> | undefined
  return queries ? queries.flatMap(({ metric }) => metric ?? []) : [inputs as unknown as Metric]
}

export const graphs = (plan: Plan) => {
  const [dashboard] = all(plan, "Dashboard")
  const widgets = at(json(dashboard?.inputs.dashboardBody), "widgets") as ReadonlyArray<{
    readonly properties: {
      readonly title: string
      readonly region: string
      readonly metrics: ReadonlyArray<ReadonlyArray<unknown>>
    }
  }>
  return widgets.map(({ properties }) => ({
    title: properties.title,
    region: properties.region,
    metrics: properties.metrics.map((line) => {
      const [namespace = "", metricName = "", ...rest] = line.filter((part) => typeof part === "string")
      const pairs = rest.flatMap((name, i) => (i % 2 === 0 ? [[name, rest[i + 1]]] : []))
      const { stat } = line.at(-1) as { readonly stat: string }
      return { namespace, metricName, dimensions: Object.fromEntries(pairs), stat }
    }),
  }))
}

/** Why CloudWatch would never have data for it; undefined if it would. */
export const fault = (plan: Plan, { namespace, metricName, dimensions }: Metric): string | undefined => {
  const known = Object.entries(published(brand)).find(([name]) => name === namespace)?.[1]
  if (known === undefined) return `${namespace} is no namespace that is published`
  if (!known.metrics.some((name) => name === metricName)) return `${namespace} has no ${metricName}`
  const names = Object.keys(dimensions).toSorted().join()
  if (!known.dimensions.some((set) => set.toSorted().join() === names))
    return `${metricName} has no dimensions ${names}`
  return Object.entries(dimensions).flatMap(([name, value]) => subjectFault(plan, name, value))[0]
}

/** A dimension names a thing of this stage, by the name that the thing really has. */
const subjectFault = (plan: Plan, dimension: string, value: string): ReadonlyArray<string> => {
  const names = (kind: string) => all(plan, kind).map(({ inputs }) => inputs.name)
  const known: Readonly<Record<string, () => ReadonlyArray<unknown>>> = {
    Stage: () => [plan.stage],
    FunctionName: () => names("Function"),
    QueueName: () => names("Queue"),
    TableName: () => names("Table"),
    GlobalSecondaryIndexName: () => ["UserIdIndex"],
    ApiId: () => ["ApiApi-id"],
    // The name, as seen in live accounts; the metric's name is what CloudWatch's own pages say.
    WebACL: () => names("WebAcl"),
    Rule: () => ["ALL"],
  }
  return known[dimension]?.().includes(value) ? [] : [`${dimension} ${value} is nothing of this stage`]
}
