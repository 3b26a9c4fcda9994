import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { brandIds, brandsFolder, loadBrand } from "@concierge/brands/brands.ts"
import { problemOfMedia } from "@concierge/brands/problemOfMedia.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import { greetingsOf } from "./greetings.ts"
import { distinctOf, everybodyOf, page } from "./html/page.ts"
import { scenesOf } from "./scenes.ts"

// Writes a page a brand, `dist/preview/<brand>.html`, with everything that its bot says. Usage: npm run preview [-- <brand> …]

const folder = fileURLToPath(new URL("../../../dist/preview", import.meta.url))

const videosOf = (brand: BrandValue): ReadonlyMap<string, Uint8Array> =>
  new Map(mediaKeysOf(brand).map((key) => [key, readFileSync(join(brandsFolder, brand.id, key))]))

const write = async (id: string): Promise<string> => {
  const brand = await loadBrand(id)
  const problem = problemOfMedia(brand)
  if (problem !== undefined) throw new Error(problem)
  const scenes = distinctOf(brand, scenesOf(brand))
  const greetings = await greetingsOf(brand, scenes, everybodyOf(brand))
  const path = join(folder, `${id}.html`)
  writeFileSync(path, page(brand, scenes, { videos: videosOf(brand), greetings }))
  return path
}

mkdirSync(folder, { recursive: true })
try {
  const asked = process.argv.slice(2)
  for (const id of asked.length > 0 ? asked : brandIds) console.log(await write(id))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
