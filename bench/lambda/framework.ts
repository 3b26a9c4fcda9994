import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import type { Bundle } from "./bundle.ts"
import { peersFolder } from "./variants.ts"

const ours = fileURLToPath(new URL("../../packages/functions/webhook.ts", import.meta.url))

/** The webhook of ours and the plain one without the SDK, for what each takes by itself. */
export const withoutSdk = async (folder: string): Promise<ReadonlyArray<Bundle>> => {
  const bundle = async (name: string, entry: string): Promise<Bundle> => {
    const path = join(folder, `${name}-without-sdk`, "index.cjs")
    await build({
      entryPoints: [entry],
      outfile: path,
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      mainFields: ["module", "main"],
      define: { "import.meta.url": "__filename" },
      alias: { "@aws-sdk/client-sqs": join(peersFolder, "sdkStub.ts") },
      legalComments: "none",
    })
    return { variant: { name, trigger: "webhook", peer: entry }, path, kB: 0, cacheKB: 0 }
  }
  return [await bundle("plain", join(peersFolder, "plain.ts")), await bundle("ours", ours)]
}
