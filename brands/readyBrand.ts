import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { BrandError } from "@concierge/core/brand/defineBrand.ts"
import { loadBrand } from "./brands.ts"
import { problemOfMedia } from "./problemOfMedia.ts"

/** The brand in the folder of this name, its files included: what is started, built or deployed. Throws a `BrandError`. */
export const readyBrand = async (id: string): Promise<BrandValue> => {
  const brand = await loadBrand(id)
  const problem = problemOfMedia(brand)
  if (problem !== undefined) throw new BrandError(problem)
  return brand
}
