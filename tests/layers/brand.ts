import { brand } from "@concierge/brands/concierge/brand.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import * as Layer from "effect/Layer"

/** The default brand. */
export const brandLayer = Layer.succeed(Brand, brand)
