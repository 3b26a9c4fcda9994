import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Metafile } from "esbuild"

const root = fileURLToPath(new URL("../..", import.meta.url))

export const functionNames = ["webhook", "worker"] as const
export type FunctionName = (typeof functionNames)[number]

/** Bundles each function into a folder of its own, where SST adds its encrypted links. */
export const buildFunctions = async (outdir: string): Promise<Record<FunctionName, Metafile>> => {
  const [webhook, worker] = await Promise.all([bundle("webhook", outdir), bundle("worker", outdir)])
  return { webhook, worker }
}

const bundle = async (name: FunctionName, outdir: string): Promise<Metafile> => {
  const { metafile } = await build({
    entryPoints: [join(root, "packages/functions", `${name}.ts`)],
    outfile: join(outdir, name, "index.mjs"),
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    // The SDK's ES modules can be shaken; what Node would take are whole CommonJS files.
    mainFields: ["module", "main"],
    // Some of the SDK's files are CommonJS still, and ask for Node's modules by `require`.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  })
  return metafile
}

if (import.meta.main) {
  const metafiles = await buildFunctions(join(root, "dist"))
  for (const name of functionNames) {
    const bytes = Object.values(metafiles[name].outputs).reduce((sum, output) => sum + output.bytes, 0)
    console.log(`dist/${name}/index.mjs  ${Math.round(bytes / 1000)} kB`)
  }
}
