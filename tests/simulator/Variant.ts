import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Pace } from "@concierge/core/services/Pace.ts"
import type { Services } from "./Services.ts"

type Stores = Services["stores"]

/** The services as they should not be, to see whether the checker notices. */
export interface Variant {
  readonly name: string
  /** A seed that shows it, where the first does not: it is tried before all others. */
  readonly shownBy?: number
  /** Under the boundary: a call of it is one step. */
  readonly under?: (stores: Stores, brand: BrandValue) => Stores
  /** Over the boundary: the worker may die between two steps of it. */
  readonly over?: (stores: Stores) => Stores
  readonly pace?: (pace: Pace["Service"], stores: Stores) => Pace["Service"]
  readonly queue?: (queue: Services["outside"]["queue"]) => Services["outside"]["queue"]
}

export const asItIs: Variant = { name: "as it is" }
