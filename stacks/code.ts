import { execFileSync } from "node:child_process"
import path from "node:path"

/** Deployed: the folders that the build made, one a function, since SST writes its encrypted links beside the bundle. */
export const code = (name: "webhook" | "worker") =>
  $dev
    ? { handler: `packages/functions/${name}.handler` }
    : { bundle: path.join($cli.paths.root, "dist", name), handler: "index.handler" }

/** What is deployed is what is in the checkout, never what was built last. `sst dev` runs from source instead. */
export const build = () => {
  // A deploy after a review takes the files that the reviewed plan was of (.github/workflows/deploy.yml).
  if ($dev || process.env.CONCIERGE_PREBUILT) return
  // Standard output belongs to SST's own conversation with the engine.
  execFileSync("npm", ["run", "--silent", "build"], { cwd: $cli.paths.root, stdio: ["ignore", 2, 2] })
}
