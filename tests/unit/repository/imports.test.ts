import { execFile } from "node:child_process"
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))

/** The files that the linter has something against, of a tree with our rules and dependencies and these imports. */
const faulty = async (imports: ReadonlyArray<readonly [path: string, imported: string]>) => {
  const tree = mkdtempSync(join(tmpdir(), "concierge-imports-"))
  for (const file of [
    "biome.json",
    "package.json",
    "brands/package.json",
    ...globSync("packages/*/package.json", { cwd: root }),
  ]) {
    cpSync(join(root, file), join(tree, file))
  }
  const files = imports.map(([path, imported], i) => {
    const file = path.replace(/x\.ts$/, `x${i}.ts`)
    mkdirSync(join(tree, dirname(file)), { recursive: true })
    writeFileSync(join(tree, file), `import * as Used from "${imported}"\n\nexport default Used\n`)
    return file
  })
  const args = [
    join(root, "node_modules/@biomejs/biome/bin/biome"),
    "lint",
    "--vcs-enabled=false",
    "--max-diagnostics=none",
  ]
  const said = await new Promise<string>((resolve) =>
    execFile(process.execPath, args, { cwd: tree }, (_, stdout, stderr) => resolve(stdout + stderr)),
  )
  rmSync(tree, { recursive: true, force: true })
  const found = [...said.matchAll(/^(\S+?):\d+:\d+ lint\/\w+\/(?:noRestrictedImports|noUndeclaredDependencies)/gm)]
  return files.map((file) => found.some(([, path]) => path === file))
}

/** Who asks for what of whom; `biome.json` and each package's own dependencies hold them to it. */
const refused: ReadonlyArray<readonly [path: string, imported: string]> = [
  ["packages/core/delivery/x.ts", "@concierge/aws/sdk/call.ts"],
  ["packages/core/delivery/x.ts", "@concierge/brands/concierge/brand.ts"],
  ["packages/core/delivery/x.ts", "@aws-sdk/client-sqs"],
  ["packages/core/delivery/x.ts", "@effect/platform-node/NodeRuntime"],
  ["packages/core/delivery/x.ts", "node:sqlite"],
  ["packages/core/services/x.ts", "effect/Layer"],
  ["packages/core/onboarding/x.ts", "effect/Effect"],
  ["packages/core/onboarding/steps/x.ts", "../../services/Users.ts"],
  ["packages/core/brand/x.ts", "effect/Effect"],
  ["packages/aws/sqs/x.ts", "@concierge/local/sqlite.ts"],
  ["packages/telegram/x.ts", "@concierge/aws/sdk/call.ts"],
  ["packages/local/store/x.ts", "@concierge/aws/dynamo/Users.ts"],
  ["packages/local/telegram/x.ts", "@concierge/core/brand/Brand.ts"],
  ["packages/local/telegram/methods/x.ts", "../../host/loadBrand.ts"],
  ["packages/functions/layers/x.ts", "@concierge/local/sqlite.ts"],
  ["brands/concierge/copy/x.ts", "@concierge/core/services/Users.ts"],
  ["brands/concierge/copy/x.ts", "effect/Effect"],
]

const allowed: ReadonlyArray<readonly [path: string, imported: string]> = [
  ["packages/core/layers/x.ts", "effect/Layer"],
  ["packages/core/onboarding/x.ts", "effect/Schema"],
  ["packages/local/aws/x.ts", "@concierge/aws/dynamo/Users.ts"],
  ["packages/functions/layers/x.ts", "@concierge/aws/dynamo/Users.ts"],
  ["brands/concierge/copy/x.ts", "@concierge/core/brand/Words.ts"],
]

describe("who may import whom", () => {
  it("is held by the linter", async () => {
    const verdicts = await faulty([...refused, ...allowed])
    for (const [i, [path, imported]] of [...refused, ...allowed].entries()) {
      assert.strictEqual(verdicts[i], i < refused.length, `${path} imports ${imported}`)
    }
  })

  it("by its name: a relative path stays within its package", () => {
    for (const file of globSync("{packages/*,brands}/**/*.ts", { cwd: root, exclude: ["**/node_modules/**"] })) {
      const home = file
        .split(sep)
        .slice(0, file.startsWith("brands") ? 1 : 2)
        .join(sep)
      for (const [, path = ""] of readFileSync(join(root, file), "utf8").matchAll(
        /^(?:import|export|\}).* from "(\.[^"]+)"$/gm,
      )) {
        const target = relative(join(root, home), join(root, dirname(file), path))
        // The operator's tool checks an account against what the stage will ask of it: the stacks' own figures.
        const isPlan = file.startsWith(join("packages", "cli")) && target.startsWith(join("..", "..", "stacks"))
        assert.isFalse(target.startsWith("..") && !isPlan, `${file} imports ${path}`)
      }
    }
  })
})

describe("what several packages need", () => {
  it("they need in one version", () => {
    const versions = new Map<string, string>()
    for (const file of ["package.json", "brands/package.json", ...globSync("packages/*/package.json", { cwd: root })]) {
      const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, file), "utf8"))
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
        assert.strictEqual(String(version), versions.get(name) ?? version, `${file}: ${name}`)
        versions.set(name, String(version))
      }
    }
  })
})
