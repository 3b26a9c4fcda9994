import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { buildFunctions, type FunctionName, type TrickName } from "@concierge/functions/build.ts"
import { build, type Plugin } from "esbuild"
import { peersFolder, type Variant } from "./variants.ts"

/**
 * A peer as AWS's own page on TypeScript in Lambda bundles it: `esbuild index.ts --bundle --minify --platform=node`, which
 * is CommonJS with all of the SDK in it. Only the target is newer than the page's.
 */
export const bundlePeer = async (file: string, folder: string): Promise<string> => {
  const outfile = join(folder, "index.cjs")
  await build({
    entryPoints: [join(peersFolder, `${file}.ts`)],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    legalComments: "none",
    logLevel: "error",
  })
  return outfile
}

/** Paths of our functions, built with some tricks left out. */
export const bundleOurs = async (
  folder: string,
  without: ReadonlyArray<TrickName>,
  plugins: ReadonlyArray<Plugin> = [],
) => {
  await buildFunctions(folder, brand.id, without, plugins)
  return (trigger: FunctionName): string => join(folder, trigger, "index.mjs")
}

export interface Bundle {
  readonly variant: Variant
  readonly path: string
  /** Of what is loaded before the first request, code cache apart. */
  readonly kB: number
  readonly cacheKB: number
  /** What this one is told beside the environment of all. */
  readonly env?: Readonly<Record<string, string>>
}

export const bundleAll = async (variants: ReadonlyArray<Variant>, folder: string): Promise<ReadonlyArray<Bundle>> => {
  const bundles: Array<Bundle> = []
  const built = new Map<string, (trigger: FunctionName) => string>()
  for (const variant of variants) {
    if ("peer" in variant) {
      const path = await bundlePeer(variant.peer, join(folder, variant.peer))
      bundles.push({ variant, path, kB: statSync(path).size / 1000, cacheKB: 0 })
      continue
    }
    const key = variant.without.join("+") || "all"
    const ours = built.get(key) ?? (await bundleOurs(join(folder, `ours-${key}`), variant.without))
    built.set(key, ours)
    const path = ours(variant.trigger)
    bundles.push({ variant, path, ...sizesOf(join(path, "..")) })
  }
  return bundles
}

export const sizesOf = (folder: string) => {
  const sum = (pattern: RegExp): number =>
    readdirSync(folder)
      .filter((file) => pattern.test(file))
      .reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0) / 1000
  return { kB: sum(/^(bundle\.cjs|index\.mjs)$/), cacheKB: sum(/\.gc\.cache$/) }
}
