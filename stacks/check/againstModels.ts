import fs from "node:fs"
import path from "node:path"
import type { Plan, Planned } from "../diff/plan.ts"
import type { Finding, Verdict } from "./finding.ts"
import type { Models, Shape } from "./model.ts"
import { newer } from "./newer.ts"
import { roots } from "./roots.ts"

const models: Models = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "models.json"), "utf8"))

interface Walk {
  readonly resource: Planned
  readonly findings: Array<Finding>
  known: number
  unknown: number
}

/** Lengths, patterns, enumerations and counts of properties, as the services' own models give them. */
export const againstModels = ({ resources }: Plan): Verdict => {
  const findings: Array<Finding> = []
  const sum = { known: 0, unknown: 0 }
  for (const resource of resources) {
    const root = models.roots[resource.type]
    if (root === undefined) continue
    const walk = { resource, findings, known: 0, unknown: 0 }
    properties(walk, resource.inputs, root, "")
    sum.known += walk.known
    sum.unknown += walk.unknown
  }
  const looked = `${sum.known} properties; ${sum.unknown} more the provider calls otherwise, or the model does not know`
  return { by: models.source, looked, findings }
}

const properties = (walk: Walk, inputs: object, key: string, at: string) => {
  const members = models.shapes[key]?.members ?? {}
  const names = roots[walk.resource.type]?.names ?? {}
  for (const [property, value] of Object.entries(inputs)) {
    const here = at === "" ? property : `${at}.${property}`
    const name = names[here.replaceAll(/\[\d+\]/g, "")] ?? property
    const member = Object.keys(members).find((known) => plain(known) === plain(name))
    const shape = member === undefined ? undefined : members[member]
    if (shape === undefined) walk.unknown += 1
    else visit(walk, value, shape, here)
  }
}

/** The provider writes lists in the plural and all names in camel case; the services are of many minds. */
const plain = (name: string) => name.toLowerCase().replace(/s$/, "")

const visit = (walk: Walk, value: unknown, key: string, at: string): void => {
  const shape = models.shapes[key] ?? {}
  if (Array.isArray(value)) {
    // CloudFront's lists are structures of a count and the items.
    const list = shape.item ? key : shape.members?.Items
    const item = list === undefined ? undefined : models.shapes[list]?.item
    if (list === undefined || item === undefined) {
      walk.unknown += 1
      return
    }
    judge(walk, models.shapes[list] ?? {}, value.length, "entries", at)
    value.forEach((inner, i) => {
      visit(walk, inner, item, `${at}[${i}]`)
    })
  } else if (typeof value === "object" && value !== null) {
    if (shape.members) properties(walk, value, key, at)
    else walk.unknown += 1
  } else if (typeof value === "string" && shape.kind !== "number") text(walk, shape, value, at)
  else if (typeof value === "number" && shape.kind === "number") judge(walk, shape, value, "", at)
}

const text = (walk: Walk, shape: Shape, value: string, at: string) => {
  judge(walk, shape, value.length, "characters", at)
  if (shape.pattern !== undefined && !expression(shape.pattern).test(value)) {
    found(walk, at, `"${shown(value)}" does not match ${shape.pattern}`)
  }
  const values = [...(shape.enum ?? []), ...(newer[`${walk.resource.type} ${at}`] ?? [])]
  if (shape.enum && !values.includes(value)) found(walk, at, `"${shown(value)}" is none of ${values.join(", ")}`)
}

const judge = (walk: Walk, { min, max }: Shape, size: number, unit: string, at: string) => {
  walk.known += 1
  const is = `${size}${unit === "" ? "" : ` ${unit}`}`
  if (max !== undefined && size > max) found(walk, at, `is ${is}, ${max} at most`)
  if (min !== undefined && size < min) found(walk, at, `is ${is}, ${min} at least`)
}

const found = ({ resource, findings }: Walk, where: string, says: string) =>
  findings.push({ resource: resource.name, where, says })

const shown = (value: string) => (value.length > 60 ? `${value.slice(0, 57)}…` : value)

/** Java's classes of Unicode are what the models are written in; Java's `\A` and `\Z` JavaScript has not. */
const expression = (pattern: string) => {
  const ours = pattern.replaceAll("\\A", "^").replaceAll("\\Z", "$").replaceAll("\\p{IsLatin}", "\\p{Script=Latin}")
  try {
    return new RegExp(`^(?:${ours})$`, "su")
  } catch {
    return new RegExp(`^(?:${ours})$`, "s")
  }
}
