import { createHash } from "node:crypto"
import type { Flow } from "./Flow.ts"

const known = new WeakMap<Flow, string>()

/** Eight characters by which one form of a brand's flow is told from another: the same steps in the same order have the same. */
export const flowVariant = (flow: Flow): string => {
  const variant = known.get(flow) ?? digest(flow)
  known.set(flow, variant)
  return variant
}

const digest = ({ steps }: Flow): string => {
  const shape = steps.map((step) => [
    step.id,
    step.kind,
    step.state,
    "next" in step ? step.next : "",
    "choices" in step ? step.choices : [],
  ])
  return createHash("sha256").update(JSON.stringify(shape)).digest("base64url").slice(0, 8)
}
