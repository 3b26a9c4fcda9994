import { readyBrand } from "@concierge/brands/readyBrand.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { BrandError } from "@concierge/core/brand/defineBrand.ts"
import * as Effect from "effect/Effect"
import { Problem } from "./Problem.ts"

/** The brand in the folder of this name, ready to be sent; what is missing or wrong there is said in one line. */
export const loadBrand = (id: string): Effect.Effect<BrandValue, Problem> =>
  Effect.tryPromise({
    try: () => readyBrand(id),
    catch: (cause) => new Problem({ advice: adviceOf(id, cause) }),
  })

const adviceOf = (id: string, cause: unknown): string =>
  cause instanceof BrandError ? cause.message : `brands/${id}/brand.ts: ${String(cause).split("\n", 1)[0]}`
