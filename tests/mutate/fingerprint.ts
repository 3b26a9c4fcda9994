import { createHash } from "node:crypto"
import { globSync, readFileSync } from "node:fs"

/** One short text for what these files say: another as soon as any of them changes, comes or goes. Declarations run nothing. */
export const fingerprint = (patterns: ReadonlyArray<string>): string => {
  const hash = createHash("sha256")
  for (const file of patterns.flatMap((pattern) => globSync(pattern)).toSorted())
    if (!file.includes("node_modules") && !file.endsWith(".d.ts")) hash.update(file).update(readFileSync(file))
  return hash.digest("hex").slice(0, 12)
}
