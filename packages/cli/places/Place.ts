import type * as Layer from "effect/Layer"
import type { BadInput } from "../BadInput.ts"

/** The same services on this machine's data and on a stage's. Only the one that is meant is built. */
export interface Place<R> {
  readonly here: Layer.Layer<R, BadInput>
  /** Inside `sst shell`: names are in `SST_RESOURCE_*`, credentials are the operator's. */
  readonly stage: Layer.Layer<R, BadInput>
}
