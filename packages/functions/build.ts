import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { readyBrand } from "@concierge/brands/readyBrand.ts"
import { BrandError } from "@concierge/core/brand/defineBrand.ts"
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild"
import { writeCodeCache } from "./build/writeCodeCache.ts"

const here = fileURLToPath(new URL(".", import.meta.url))
const root = join(here, "../..")

export const functionNames = ["webhook", "worker", "watcher"] as const
export type FunctionName = (typeof functionNames)[number]

/** Modules that are loaded when they are first called, each from a file of its own beside the bundle. */
const late = { webhook: ["otlp"], worker: ["s3", "polly", "sqs", "otlp"], watcher: ["otlp"] } as const satisfies Record<
  FunctionName,
  ReadonlyArray<string>
>

/** Takes for the files whose path matches another text, or one made of theirs. */
const instead = (name: string, filter: RegExp, text: string | ((text: string) => string)): Plugin => ({
  name,
  setup: ({ onLoad }) =>
    onLoad({ filter }, ({ path }) => ({
      contents: typeof text === "string" ? text : text(readFileSync(path, "utf8")),
      loader: "js",
      resolveDir: dirname(path),
    })),
})

const all = (...plugins: ReadonlyArray<Plugin>): Plugin => ({
  name: plugins.map(({ name }) => name).join(", "),
  setup: async (build) => {
    for (const { setup } of plugins) await setup(build)
  },
})

export interface Trick {
  readonly options?: BuildOptions
  readonly plugin?: Plugin
}

/**
 * Each with what it is worth at a cold start, by `npm run bench -- --ablate --runs 40`: milliseconds are those of the
 * webhook and the worker without a code cache, but for the cache itself (docs/performance.md).
 */
const tricks = {
  /** 28 and 32 ms, 183 and 252 KB: of CommonJS nothing can be left out. */
  "ES modules of the SDK": { options: { mainFields: ["module", "main"] } },
  /** 12 and 11 ms, 141 and 145 KB: Lambda never uses SSO, profiles, processes or instance metadata. */
  "credentials of the environment": {
    plugin: instead(
      "credentials",
      /credential-provider-node\/dist-(es|cjs)\/index\.js$/,
      `export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env"`,
    ),
  },
  /** 5 and 2 ms, 2 and 3 KB: the first request looks for two files, in vain. */
  "no configuration files": {
    plugin: instead(
      "configuration",
      /node-config-provider\/fromSharedConfigFiles\.js$/,
      `import { CredentialsProviderError } from "../property-provider/CredentialsProviderError"
       export const fromSharedConfigFiles = () => async () => {
         throw new CredentialsProviderError("not in a configuration file: in Lambda there is none")
       }`,
    ),
  },
  /** 7 and 1 ms, 19 and 20 KB: none of our calls has one. */
  "no event streams": {
    plugin: instead("event streams", /protocols\/HttpProtocol\.js$/, (text) =>
      text.replace(/await import\("@smithy\/core\/event-streams"\)/, "{}"),
    ),
  },
  /** 3 and 2 ms: asking for the type of `ReadableStream` loads them. */
  "no web streams": {
    plugin: instead("web streams", /\/(isStreamingPayload|stream-type-check|stream-collector)\.js$/, (text) =>
      text.replaceAll(/typeof (ReadableStream|Blob) (===|!==) "\w+"/g, "false"),
    ),
  },
  /** 2 ms of CPU: `getRandomValues` loads all of the web's crypto, and the SDK takes it for a UUID. */
  "no web crypto": {
    plugin: instead("web crypto", /submodules\/serde\/index\.js$/, (text) =>
      text
        .replace(`{ getRandomValues } from "node:crypto"`, `{ randomUUID } from "node:crypto"`)
        .replace("_getRandomValues = getRandomValues", "_getRandomValues = undefined")
        .replace("bindV4(_getRandomValues)", "() => randomUUID()"),
    ),
  },
  /** 13 KB of the worker: a cache that only another API's calls ask, SHA-256 for where Node has none, all of a package's description. */
  "no spare parts": {
    plugin: all(
      instead("endpoint cache", /endpoint-cache\/dist-es\/EndpointCache\.js$/, "export class EndpointCache {}"),
      instead("SHA-256", /checksum\/sha256\/Sha256Js\.js$/, "export class Sha256Js {}"),
      instead("description", /@aws-sdk\/client-\w+\/package\.json$/, (text) => {
        const { version }: { readonly version: string } = JSON.parse(text)
        return `export default ${JSON.stringify({ version })}`
      }),
    ),
  },
  /** 8 ms of the worker's CPU, 15 KB: what may be loaded later keeps all that it needs of Effect apart in the bundle. It never is. */
  "no other HTTP client": {
    plugin: instead("clients", /platform-node\/dist\/(Undici|internal\/upgrade)\.js$/, "export {}"),
  },
  /** 7 KB of the worker: `readyBrand` has checked this brand, before it is bundled. */
  "a checked brand": {
    plugin: instead(
      "checked",
      /core\/brand\/problemOf(Flow|Languages|Look)\.ts$/,
      `const none = () => undefined
       export { none as problemOfFlow, none as problemOfLanguages, none as problemOfLook }`,
    ),
  },
  /** 24 ms and 256 KB of the worker, and of SQS 20 ms of CPU and 27 KB. */
  "late modules": {
    plugin: {
      name: "late",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\.\/(s3|polly|sqs|otlp)\.ts$/ }, ({ kind, path }) =>
          kind === "dynamic-import" ? { path: path.replace(/ts$/, "cjs"), external: true } : undefined,
        ),
    },
  },
  /** 21 and 40 ms. */
  "code cache": {},
} as const satisfies Record<string, Trick>
export type TrickName = keyof typeof tricks
export const trickNames = Object.keys(tricks) as ReadonlyArray<TrickName>

/**
 * Bundles each function, for one brand, into a folder of its own, where SST adds its encrypted links. Throws a
 * `BrandError` for a brand that is not as it must be. `plugins`: what a bench puts in the place of a module.
 */
export const buildFunctions = async (
  outdir: string,
  brand: string,
  without: ReadonlyArray<TrickName> = [],
  plugins: ReadonlyArray<Plugin> = [],
): Promise<Record<FunctionName, Metafile>> => {
  await readyBrand(brand)
  if (!without.includes("late modules")) await buildLate(outdir, without)
  const built = (name: FunctionName) => buildFunction(name, outdir, brand, without, plugins)
  const [webhook, worker, watcher] = await Promise.all([built("webhook"), built("worker"), built("watcher")])
  return { webhook, worker, watcher }
}

const buildFunction = async (
  name: FunctionName,
  outdir: string,
  brand: string,
  without: ReadonlyArray<TrickName>,
  plugins: ReadonlyArray<Plugin>,
): Promise<Metafile> => {
  const folder = join(outdir, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const options = { alias: theOne(brand), plugins: [...plugins] }
  const metafile = await bundle(join(here, `${name}.ts`), join(folder, "bundle.cjs"), without, options)
  if (!without.includes("late modules")) {
    for (const module of late[name]) cpSync(lateFile(outdir, module), join(folder, `${module}.cjs`))
  }
  cpSync(join(here, "build/loader.mjs"), join(folder, "index.mjs"))
  // The watcher starts once in a while, and nobody waits for it.
  if (!without.includes("code cache") && name !== "watcher") await writeCodeCache(name, folder)
  return metafile
}

const lateFile = (outdir: string, module: string): string => join(outdir, "late", `${module}.cjs`)

/** Each once, for the functions that have it. */
const buildLate = async (outdir: string, without: ReadonlyArray<TrickName>): Promise<void> => {
  const modules = new Set(functionNames.flatMap((name): ReadonlyArray<string> => late[name]))
  await Promise.all(
    [...modules].map((module) =>
      bundle(join(root, "packages/aws", module, `${module}.ts`), lateFile(outdir, module), without),
    ),
  )
}

const empty: Metafile = { inputs: {}, outputs: {} }

/** The brand of the bundle, in the place of the one that `worker.ts` names. */
const theOne = (brand: string) => ({ "@concierge/brands/concierge/brand.ts": join(root, "brands", brand, "brand.ts") })

const bundle = async (
  entry: string,
  outfile: string,
  without: ReadonlyArray<TrickName>,
  options: BuildOptions = {},
): Promise<Metafile> => {
  const used = trickNames.filter((name) => !without.includes(name)).map((name): Trick => tricks[name])
  const { metafile = empty } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    minify: true,
    // A script that is no module has no `import()` and no `import.meta`.
    supported: { "dynamic-import": false },
    // A schema of Effect's that nobody uses is kept for it, and loads a module of Node's.
    define: { "import.meta.url": "__filename", "globalThis.File": "undefined" },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    ...options,
    ...Object.assign({}, ...used.map(({ options }) => options)),
    plugins: [...(options.plugins ?? []), ...used.flatMap(({ plugin }) => plugin ?? [])],
  })
  return metafile
}

const main = async (): Promise<void> => {
  await buildFunctions(join(root, "dist"), process.env.BRAND ?? "concierge")
  for (const name of functionNames) {
    const folder = join(root, "dist", name)
    const sizes = readdirSync(folder).map(
      (file) => `${file} ${Math.round(statSync(join(folder, file)).size / 1000)} kB`,
    )
    console.log(`dist/${name}: ${sizes.join(", ")}`)
  }
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    // Whoever wrote the brand can mend it: the line says where, and a stack would not.
    if (!(error instanceof BrandError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
