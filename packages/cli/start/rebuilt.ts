import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { build, type Plugin } from "esbuild"
import { folder, type Inputs, root, stampOf } from "./current.ts"

/** Packages that are bundled, with what they need; the others look for files beside them, or are asked for seldom. */
const bundled = /^(?:effect|@effect|@concierge|@aws-sdk|@smithy|@aws)(?:\/|$)/

/** A source still finds what lies beside it. */
const asIfInPlace: Plugin = {
  name: "as if in place",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ importer, kind, path }) =>
      kind === "entry-point" || bundled.test(path) || importer.includes("node_modules")
        ? undefined
        : { path, external: true },
    )
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path.includes("node_modules")) return undefined
      const text = readFileSync(path, "utf8")
      if (!text.includes("import.meta")) return undefined
      const url = JSON.stringify(pathToFileURL(path).href)
      const contents = text
        .replaceAll("import.meta.url", url)
        .replaceAll("import.meta.dirname", `new URL(".", ${url}).pathname`)
      return { contents, loader: "ts" }
    })
  },
}

/** Of CommonJS that asks for Node's own modules. */
const js = 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);'

const make = async (): Promise<string> => {
  const { metafile, outputFiles } = await build({
    entryPoints: [`${root}packages/cli/main.ts`],
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    banner: { js },
    plugins: [asIfInPlace],
    metafile: true,
    write: false,
    logLevel: "silent",
  })
  const name = createHash("sha256")
    .update(outputFiles.map(({ hash, path }) => `${path} ${hash}`).join("\n"))
    .digest("hex")
    .slice(0, 16)
  // Under a name of its own until it is whole: two may make it at once.
  const unfinished = `${folder}/${name}-${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  writeFileSync(`${unfinished}/package.json`, '{"type":"module"}')
  for (const { contents, path } of outputFiles) writeFileSync(path.replace(folder, unfinished), contents)
  const sources = Object.keys(metafile.inputs).filter((path) => !path.startsWith("node_modules/"))
  // Of all packages together: npm writes this with each change.
  const inputs: Inputs = Object.fromEntries(
    [...sources, "node_modules/.package-lock.json"].map((path) => [path, stampOf(path)]),
  )
  for (const older of readdirSync(folder).filter((found) => !found.startsWith(name))) {
    rmSync(`${folder}/${older}`, { recursive: true, force: true })
  }
  rmSync(`${folder}/${name}`, { recursive: true, force: true })
  renameSync(unfinished, `${folder}/${name}`)
  writeFileSync(`${folder}/made.json-${process.pid}`, JSON.stringify({ name, inputs }))
  renameSync(`${folder}/made.json-${process.pid}`, `${folder}/made.json`)
  return pathToFileURL(`${folder}/${name}/main.js`).href
}

// Where nothing may be written, or esbuild is not there, the sources do as well.
const bundle = await make().catch((fault: unknown) => {
  process.stderr.write(`concierge starts from its sources, which is slower: ${String(fault).split("\n", 1)[0]}\n`)
  return undefined
})
await import(bundle ?? "../main.ts")
