import type { Plan, Planned } from "./plan.ts"

/** The plan as people read one: what, named, how many. Components are left out; what they stand for is listed itself. */
export const print = ({ stage, resources }: Plan): string => {
  const made = resources.filter(({ type }) => !/^(sst|pulumi)/.test(type))
  const kinds = Map.groupBy(made, ({ type }) => kind(type))
  const rows = [...kinds].toSorted(([a], [b]) => a.localeCompare(b))
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, of]) => `${String(of.length).padStart(4)}  ${name.padEnd(width)}  ${names(of)}`)
  return [`Stage ${stage}: ${made.length} resources`, ...lines].join("\n")
}

/** The plan as programs read one. */
export const json = ({ stage, resources }: Plan): string =>
  JSON.stringify({
    stage,
    resources: resources.map(({ type, name, parent, inputs }) => ({ type, name, parent, inputs })),
  })

/** `aws:sqs/queue:Queue` is `sqs Queue`. */
const kind = (type: string) => {
  const [provider = "", module = "", name = ""] = type.split(":")
  return `${provider === "aws" ? module.split("/")[0] : provider} ${name}`
}

const names = (resources: ReadonlyArray<Planned>) =>
  resources
    .map(({ name }) => name)
    .toSorted()
    .join(", ")
