// Writes models.json from the services' models as botocore ships them, which Debian packages (python3-botocore):
//   node stacks/check/extract.ts <…/botocore/data> "<package and version>"
// Of npm's packages none has them: those of AWS's SDKs leave out lengths, patterns and enumerations.
import fs from "node:fs"
import path from "node:path"
import type { Models, Shape } from "./model.ts"
import { roots } from "./roots.ts"

interface Source {
  readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>>
  readonly shapes: Readonly<
    Record<
      string,
      {
        readonly type: string
        readonly members?: Readonly<Record<string, { readonly shape: string }>>
        readonly member?: { readonly shape: string }
        readonly min?: number
        readonly max?: number
        readonly pattern?: string
        readonly enum?: ReadonlyArray<string>
      }
    >
  >
}

const [data = "", source = ""] = process.argv.slice(2)

const model = (service: string): Source => {
  const folder = path.join(data, service)
  const newest = fs.readdirSync(folder).toSorted().at(-1) ?? ""
  return JSON.parse(fs.readFileSync(path.join(folder, newest, "service-2.json"), "utf8"))
}

const shapes: Record<string, Shape> = {}

const take = (service: string, from: Source, name: string): string => {
  const key = `${service}.${name}`
  const shape = from.shapes[name]
  if (key in shapes || shape === undefined) return key
  const { min, max, pattern, enum: values, type } = shape
  const kind = /string|blob/.test(type) ? "string" : /integer|long|double|float/.test(type) ? "number" : undefined
  // First, so that a shape that holds itself ends.
  shapes[key] = { ...(kind && { kind }) }
  const members = Object.entries(shape.members ?? {}).map(([member, of]) => [member, take(service, from, of.shape)])
  shapes[key] = {
    ...(kind && { kind }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern }),
    ...(values !== undefined && { enum: values }),
    ...(members.length > 0 && { members: Object.fromEntries(members) }),
    ...(shape.member && { item: take(service, from, shape.member.shape) }),
  }
  return key
}

const taken = Object.entries(roots).map(([type, { service, operation, member }]) => {
  const from = model(service)
  const input = from.operations[operation]?.input.shape ?? ""
  const name = member ? from.shapes[input]?.members?.[member]?.shape : input
  if (name === undefined) throw new Error(`${service} ${operation} has no ${member}`)
  return [type, take(service, from, name)]
})
const models: Models = { source, roots: Object.fromEntries(taken), shapes }
fs.writeFileSync(path.join(import.meta.dirname, "models.json"), `${JSON.stringify(models)}\n`)
