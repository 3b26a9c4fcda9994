import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { BrandError } from "@concierge/core/brand/defineBrand.ts"
import * as Effect from "effect/Effect"
import { Problem } from "./Problem.ts"

/** Where every brand has its folder. */
export const brandsFolder = fileURLToPath(new URL("../../../brands/", import.meta.url))

/** The brand in the folder of this name; what is missing or wrong there is said in one line. */
export const loadBrand = (id: string): Effect.Effect<BrandValue, Problem> =>
  Effect.gen(function* () {
    const known = readdirSync(brandsFolder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
    if (!known.includes(id)) {
      return yield* new Problem({ advice: `BRAND: there is no folder brands/${id}: use ${known.join(" or ")}.` })
    }
    return yield* Effect.tryPromise({
      try: async (): Promise<BrandValue> => (await import(`@concierge/brands/${id}/brand.ts`)).brand,
      catch: (cause) =>
        new Problem({
          advice: cause instanceof BrandError ? cause.message : `brands/${id}/brand.ts: ${String(cause)}`,
        }),
    })
  })
