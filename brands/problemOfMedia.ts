import { statSync } from "node:fs"
import { join } from "node:path"
import { type BrandValue, localesOf } from "@concierge/core/brand/Brand.ts"
import { mediaKey } from "@concierge/core/onboarding/steps/video.ts"
import { brandsFolder } from "./brands.ts"

/** What Telegram fetches by URL is at most 20 MB. */
const maxBytes = 20_000_000

/** Which video of a brand cannot be sent, naming file and field; undefined when all are there, in every language. */
export const problemOfMedia = (brand: BrandValue, brands = brandsFolder): string | undefined => {
  for (const step of brand.flow.steps) {
    if (step.kind !== "video") continue
    for (const locale of localesOf(brand)) {
      const path = `${brand.id}/${mediaKey(step, locale)}`
      const problem = problemOfFile(join(brands, path))
      if (problem !== undefined) return `brands/${path}: ${problem} (brand.ts: flow[${step.index}].asset)`
    }
  }
  return undefined
}

const problemOfFile = (path: string): string | undefined => {
  const file = statSync(path, { throwIfNoEntry: false })
  if (file === undefined) return "it is not there"
  if (!file.isFile()) return "it is no file"
  if (file.size === 0) return "it is empty"
  return file.size > maxBytes ? `it has ${file.size} bytes, over the ${maxBytes} that Telegram fetches` : undefined
}
