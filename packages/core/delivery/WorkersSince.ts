import * as Context from "effect/Context"
import { type Iso, iso } from "../Time.ts"

/**
 * Since when there are workers: none that began before is alive. On one machine that is when the process began; in Lambda
 * nobody knows.
 */
export const WorkersSince = Context.Reference<Iso>("@concierge/core/delivery/WorkersSince", {
  defaultValue: () => iso(""),
})
