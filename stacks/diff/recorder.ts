import { createRequire } from "node:module"
import path from "node:path"
import { answerCall, createdState } from "./mocks.ts"
import type { Planned } from "./plan.ts"

// The little of Pulumi's runtime that is used here; the package itself comes with SST's platform.
interface Request {
  getType(): string
  getName(): string
  getParent(): string
  getProtect(): boolean
  getRetainondelete(): boolean
  getProvider(): string
}
interface Created {
  readonly type: string
  readonly name: string
  readonly inputs: Record<string, unknown>
  readonly custom?: boolean
  /** Of a resource that exists already and is only looked up. */
  readonly id?: string
}
interface Mocks {
  newResource(created: Created): { id: string; state: unknown }
  call(call: { token: string; inputs: Record<string, unknown> }): unknown
}
interface Monitor {
  newUrn(parent: string, type: string, name: string): string
  registerResource(request: Request, callback: unknown): Promise<void>
}
export interface Pulumi {
  readonly runtime: {
    setMocks(mocks: Mocks, project: string, stack: string, preview: boolean, organization: string): Promise<void>
    setAllConfig(config: Record<string, string>): void
    runInPulumiStack<A>(program: () => Promise<A>): Promise<A>
  }
}

interface Run {
  readonly platform: string
  readonly app: string
  readonly stage: string
  readonly config: Record<string, string>
}

/** Puts a monitor in the engine's place that answers from mocks and keeps what it was asked for. */
export const record = async ({ platform, app, stage, config }: Run) => {
  const require = createRequire(path.join(platform, "package.json"))
  const pulumi: Pulumi = require("@pulumi/pulumi")
  const { MockMonitor }: { MockMonitor: { prototype: Monitor } } = require("@pulumi/pulumi/runtime/mocks")
  const region = config["aws:region"] ?? ""
  const resources: Array<Planned> = []

  // Real URNs leave the stack out of the parents; SST reads a link's type from the URN and would take it for "Stack".
  MockMonitor.prototype.newUrn = (parent, type, name) => {
    const chain = parent === "" ? "" : (parent.split("::")[2] ?? "")
    const qualified = chain === "" || chain === "pulumi:pulumi:Stack" ? type : `${chain}$${type}`
    return [`urn:pulumi:${stage}`, app, qualified, name].join("::")
  }

  // The mocks are not told of parents and options: they are taken from the request, which arrives just before.
  let request: Request | undefined
  const register = MockMonitor.prototype.registerResource
  MockMonitor.prototype.registerResource = function (asked, callback) {
    request = asked
    return register.call(this, asked, callback)
  }

  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, custom, id }) {
        const plain = unwrapped(inputs) as Record<string, unknown>
        if (id) return { id, state: createdState(type, id, plain, region) }
        if (type !== "pulumi:pulumi:Stack") resources.push({ type, name, ...context(request), inputs: plain })
        return { id: `${name}-id`, state: custom ? createdState(type, name, plain, region) : plain }
      },
      call: ({ token, inputs }) => answerCall(token, unwrapped(inputs) as Record<string, unknown>, region),
    },
    app,
    stage,
    false,
    "organization",
  )
  pulumi.runtime.setAllConfig(config)
  return { pulumi, resources }
}

const context = (request: Request | undefined): Pick<Planned, "parent" | "options"> => {
  const [type, name] = request?.getParent().split("::").slice(2) ?? []
  const provider = request?.getProvider().split("::")[3]
  const options = {
    ...(request?.getProtect() ? { protect: true as const } : {}),
    ...(request?.getRetainondelete() ? { retainOnDelete: true as const } : {}),
    ...(provider ? { provider } : {}),
  }
  return {
    parent: type === undefined || type === "pulumi:pulumi:Stack" ? null : (name ?? null),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  }
}

/** Pulumi's mark on a secret value; the plan is of stand-ins, so the value itself may be shown. */
const secretMark = "4dabf18193072939515e22adb298388d"

const unwrapped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unwrapped)
  if (typeof value !== "object" || value === null) return value
  if (secretMark in value && "value" in value) return unwrapped(value.value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]))
}
