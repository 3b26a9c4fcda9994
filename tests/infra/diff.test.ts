import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import type { Plan } from "../../stacks/diff/plan.ts"
import { root } from "../../stacks/diff/synth.ts"
import { noOptions } from "../../stacks/options.ts"
import { dev } from "./stages.ts"

// All that writes into dist or runs the CLI in the checkout stands in this file: two of them must not do so side by side.

const infraDiff = (args: ReadonlyArray<string>, env: Record<string, string> = {}) => {
  const { stdout, stderr, status } = spawnSync("npm", ["run", "--silent", "infra:diff", "--", ...args], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      npm_config_loglevel: "silent",
      // By the plans that all tests share.
      CONCIERGE_PREBUILT: "1",
      INFRA_DIFF_OPTIONS: JSON.stringify({ ...noOptions, ...env }),
    },
  })
  return { stdout, stderr: stderr.trimEnd(), status }
}

const changed = () => execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" })

describe("infra:diff", () => {
  it("prints JSON alone on standard output, the same each time, and leaves the checkout as it was", () => {
    const before = changed()
    const { stdout, status } = infraDiff(["--stage", "dev-ana", "--json"])
    assert.strictEqual(status, 0)
    const plan: Plan = JSON.parse(stdout)
    assert.deepStrictEqual(Object.keys(plan), ["stage", "resources"])
    for (const resource of plan.resources)
      assert.deepStrictEqual(Object.keys(resource), ["type", "name", "parent", "inputs"])
    assert.sameMembers(
      plan.resources.map(({ name }) => name),
      dev.resources.map(({ name }) => name),
    )
    assert.strictEqual(changed(), before)
  })

  it("prints for people what there would be, named and counted", () => {
    const { stdout } = infraDiff(["--stage", "dev-ana"])
    assert.match(stdout, /^Stage dev-ana: \d+ resources\n/)
    assert.match(stdout, /\n {3}4 {2}dynamodb Table +EventsTableTable, SessionsTableTable, /)
    assert.strictEqual(stdout.trimEnd().split("\n").length - 1, new Set(kinds()).size)
  })

  const refusals: ReadonlyArray<
    readonly [what: string, args: ReadonlyArray<string>, env: Record<string, string>, says: RegExp]
  > = [
    [
      "a missing secret",
      ["--stage", "dev-ana", "--without", "TelegramBotToken"],
      {},
      /run "npx sst secret set TelegramBotToken <value> --stage dev-ana"$/,
    ],
    [
      "a brand that nobody has",
      ["--stage", "dev-ana"],
      { STAGE_BRAND: "nobody" },
      /^STAGE_BRAND is "nobody": .* use concierge or marea\.$/,
    ],
    ["no stage", [], {}, /^Which stage\?/],
  ]
  for (const [what, args, env, says] of refusals) {
    it(`stops at ${what} with one line`, () => {
      const { stdout, stderr, status } = infraDiff(args, env)
      assert.strictEqual(status, 1)
      assert.strictEqual(stdout, "")
      assert.match(stderr, says)
      assert.notInclude(stderr, "\n")
    })
  }

  it("stops at what is set here and not in the stage's file with one line", () => {
    const { stdout, stderr, status } = spawnSync("npm", ["run", "--silent", "infra:diff", "--", "--stage", "staging"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, STAGE_ALARM_EMAIL: "ops@example.com", STAGE_THROTTLE_RATE: "7" },
    })
    assert.deepStrictEqual([status, stdout], [1, ""])
    assert.match(stderr, /^STAGE_THROTTLE_RATE is [^\n]* stages\/staging\.env[^\n]*\n$/)
  })
})

const built = () => {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  return ["webhook", "worker"].flatMap((name) =>
    readdirSync(`${root}/dist/${name}`).map((file) => [
      `${name}/${file}`,
      createHash("sha256")
        .update(readFileSync(`${root}/dist/${name}/${file}`))
        .digest("hex"),
    ]),
  )
}

describe("build", () => {
  it("gives the same files for the same sources, V8's cache included: a diff shows functions that changed and no others", () => {
    const once = built()
    for (const name of ["webhook", "worker", "watcher"]) assert.isTrue(existsSync(`${root}/dist/${name}/index.mjs`))
    assert.isTrue(once.some(([file]) => file?.endsWith(".cache")))
    assert.deepStrictEqual(built(), once)
  })
})

const kinds = () => dev.resources.flatMap(({ type }) => (/^(sst|pulumi)/.test(type) ? [] : [type]))
