import path from "node:path"
import { pathToFileURL } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { StageError } from "./options.ts"
import type { Stage } from "./stage.ts"

/**
 * The brand whose bot the stage is; throws a `StageError` where there is none, or something is wrong with it. Node loads
 * it and not SST's bundler, which would have to know at its start which brands there are.
 */
export const brandOf = async ({ brand }: Stage): Promise<BrandValue> => {
  try {
    const { loadBrand }: typeof import("@concierge/brands/brands.ts") = await import(module("brands.ts"))
    const { problemOfMedia }: typeof import("@concierge/brands/problemOfMedia.ts") = await import(
      module("problemOfMedia.ts")
    )
    const loaded = await loadBrand(brand)
    const problem = problemOfMedia(loaded)
    if (problem !== undefined) throw new Error(problem)
    return loaded
  } catch (cause) {
    throw new StageError(`STAGE_BRAND is "${brand}": ${firstLine(cause)}`)
  }
}

const module = (name: string) => pathToFileURL(path.join($cli.paths.root, "brands", name)).href

/** Of whatever a brand's own modules may throw, what fits the line that is shown. */
const firstLine = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0]
