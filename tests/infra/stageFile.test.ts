import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"
import { StageError } from "../../stacks/options.ts"
import { fileOptions, privateOptions, withFile } from "../../stacks/stageFile.ts"

describe("stages/<stage>.env", () => {
  it("gives a stage its options, from whichever machine; addresses come from elsewhere", () => {
    const env = { STAGE_ALARM_EMAIL: "ops@example.com", HOME: "/home/ana" }
    assert.deepStrictEqual(withFile("prod", env, { STAGE_REGION: "eu-west-1" }), { ...env, STAGE_REGION: "eu-west-1" })
  })

  it("is read with its comments, and need not be there", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "stages-"))
    writeFileSync(path.join(folder, "prod.env"), "# where\nSTAGE_REGION=eu-west-1 # near\n")
    assert.deepStrictEqual({ ...fileOptions("prod", {}, folder) }, { STAGE_REGION: "eu-west-1" })
    assert.deepStrictEqual(fileOptions("dev-ana", {}, folder), {})
  })

  it("leaves a personal stage to its owner", () => {
    assert.deepStrictEqual(withFile("dev-ana", { STAGE_REGION: "eu-west-1" }, {}), { STAGE_REGION: "eu-west-1" })
  })

  it("takes what CI passes empty for not given", () => {
    const merged = withFile("prod", { STAGE_REGION: "" }, { STAGE_REGION: "eu-west-1" })
    assert.strictEqual(merged.STAGE_REGION, "eu-west-1")
  })

  const refused: ReadonlyArray<
    readonly [what: string, env: Record<string, string>, file: Record<string, string>, says: RegExp]
  > = [
    [
      "a difference",
      { STAGE_REGION: "eu-west-1" },
      { STAGE_REGION: "eu-west-2" },
      /"eu-west-1" here and "eu-west-2" in/,
    ],
    ["what only one machine has", { STAGE_EVENT_DAYS: "30" }, {}, /set here and not in stages\/prod\.env/],
    ["protection lifted on one machine", { STAGE_KIND: "personal" }, {}, /set here and not in stages\/prod\.env/],
    ["an address in the repository", {}, { STAGE_ALARM_EMAIL: "a@example.com" }, /not for stages\/prod\.env/],
    ["what is no option", {}, { AWS_PROFILE: "mine" }, /sets AWS_PROFILE/],
  ]
  for (const [what, env, file, says] of refused) {
    it(`stops at ${what}`, () => {
      assert.throws(() => withFile("prod", env, file), StageError, says)
    })
  }
})

describe("private options", () => {
  it("are those that CI passes, and no others: a variable that CI left out would be undone by its next deploy", () => {
    const workflow = readFileSync(`${root}/.github/workflows/deploy.yml`, "utf8")
    const passed = [...workflow.matchAll(/^ +(STAGE_\w+): /gm)].map(([, name]) => name)
    assert.sameMembers(passed, [...privateOptions])
  })
})
