import { existsSync, readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { BrandError } from "@concierge/core/brand/defineBrand.ts"

/** Where the brands are: a folder each. */
export const brandsFolder = fileURLToPath(new URL(".", import.meta.url))

/** Every folder here with a `brand.ts` is a brand. */
export const brandIds: ReadonlyArray<string> = readdirSync(brandsFolder)
  .filter((name) => existsSync(`${brandsFolder}${name}/brand.ts`))
  .toSorted()

/** Throws a `BrandError` where it is not as it must be. */
export const loadBrand = async (id: string): Promise<BrandValue> => {
  if (!brandIds.includes(id)) throw new BrandError(`There is no brand "${id}": use ${brandIds.join(" or ")}.`)
  const { brand }: { readonly brand?: BrandValue } = await import(`./${id}/brand.ts`)
  if (brand === undefined) throw new BrandError(`brands/${id}/brand.ts: brand: it is not exported`)
  if (brand.id !== id) throw new BrandError(`brands/${id}/brand.ts: id: "${brand.id}" is not the name of its folder`)
  return brand
}
