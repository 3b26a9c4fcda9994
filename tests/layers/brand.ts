import { Brand } from "@concierge/core/brand/Brand.ts"
import * as Layer from "effect/Layer"
import { brand } from "../../brands/concierge/brand.ts"

/** The default brand. */
export const brandLayer = Layer.succeed(Brand, brand)
