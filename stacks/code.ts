import { execFileSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import type { FunctionName } from "./functions.ts"
import type { Stage } from "./stage.ts"

/** Deployed: the folders that the build made, one a function, since SST writes its encrypted links beside the bundle. */
export const code = (name: FunctionName, brand: string) =>
  $dev
    ? { handler: `${name === "worker" ? workerOf(brand) : `packages/functions/${name}`}.handler` }
    : { bundle: path.join($cli.paths.root, "dist", name), handler: "index.handler" }

/** `sst dev` bundles from source, and has no setting by which another brand could take the place of the one there. */
const workerOf = (brand: string) => {
  const folder = path.join($cli.paths.root, "dist", "dev")
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, "worker.ts"), workerSource(brand))
  return "dist/dev/worker"
}

/** As packages/functions/worker.ts, with the stage's brand. */
const workerSource = (brand: string) => `import { brand } from "@concierge/brands/${brand}/brand.ts"
import { workerLayer } from "@concierge/functions/layers/worker.ts"
import { workerHandler } from "@concierge/functions/workerHandler.ts"

export const handler = workerHandler(workerLayer(brand))
`

/**
 * What is deployed is what is in the checkout, never what was built last, with the stage's brand alone. `sst dev` runs
 * from source instead.
 */
export const build = ({ brand }: Stage) => {
  // A deploy after a review takes the files that the reviewed plan was of (.github/workflows/deploy.yml).
  if ($dev || process.env.CONCIERGE_PREBUILT) return
  // Standard output belongs to SST's own conversation with the engine.
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: $cli.paths.root,
    env: { ...process.env, BRAND: brand },
    stdio: ["ignore", 2, 2],
  })
}
