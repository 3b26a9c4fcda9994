import fs from "node:fs"
import path from "node:path"

/** SST writes its type declarations beside every package.json, and empties them when a run fails. */
const declarations = (root: string) => [root, ...packages(root)].map((folder) => path.join(folder, "sst-env.d.ts"))

const packages = (root: string) =>
  fs.readdirSync(path.join(root, "packages")).map((name) => path.join(root, "packages", name))

/** Remembers those files; the answer puts them back as they were, and removes those that were not there. */
export const kept = (root: string) => {
  const before = declarations(root).map((file) => ({
    file,
    text: fs.existsSync(file) ? fs.readFileSync(file) : undefined,
  }))
  return () => {
    for (const { file, text } of before) {
      if (text === undefined) fs.rmSync(file, { force: true })
      else fs.writeFileSync(file, text)
    }
  }
}
