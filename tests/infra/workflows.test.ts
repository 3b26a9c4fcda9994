import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"

const workflow = (name: string) => readFileSync(`${root}/.github/workflows/${name}.yml`, "utf8")

describe("workflows", () => {
  it("keep no key: a role is assumed by the run's own identity", () => {
    const deploy = workflow("deploy")
    assert.include(deploy, "id-token: write")
    assert.match(deploy, /role-to-assume: \$\{\{ vars\.AWS_DEPLOY_ROLE \}\}/)
    for (const text of [deploy, workflow("checks")])
      assert.notMatch(text, /secrets\.|aws-access-key|AWS_SECRET|AWS_ACCESS/i)
  })

  it("deploy prod on a tag, after its diff was shown", () => {
    const deploy = workflow("deploy")
    assert.match(deploy, /tags: \["v\*"\]/)
    assert.match(
      deploy,
      /sst diff --stage prod[\s\S]*needs: diff[\s\S]*environment: prod[\s\S]*sst deploy --stage prod/,
    )
  })

  it("deploy from the functions' own processor, by which V8's code cache goes", () => {
    assert.match(workflow("deploy"), /needs: diff[\s\S]*runs-on: ubuntu-24\.04-arm/)
  })

  it("check every push", () => {
    assert.match(workflow("checks"), /push:\n {4}branches: \["\*\*"\]/)
    for (const script of ["test", "run --silent secrets", "run --silent advisories", "run --silent bench:hostile"]) {
      assert.include(workflow("checks"), `npm ${script}`)
    }
  })
})
