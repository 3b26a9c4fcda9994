import path from "node:path"
import { build } from "esbuild"

const root = path.resolve(import.meta.dirname, "../..")

// One folder a function: SST writes its encrypted links beside the bundle.
for (const name of ["webhook", "worker"]) {
  await build({
    entryPoints: [path.join(root, "packages/functions", `${name}.ts`)],
    outfile: path.join(root, "dist", name, "index.mjs"),
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    mainFields: ["module", "main"],
    logLevel: "warning",
  })
}
