import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"

const workflow = (name: string) => readFileSync(`${root}/.github/workflows/${name}.yml`, "utf8")

describe("workflows", () => {
  it("keep no key: a role is assumed by the run's own identity", () => {
    const deploy = workflow("deploy")
    assert.include(deploy, "id-token: write")
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

  it("let the diff read and the reviewed job change, each by a role of its own", () => {
    const { test, diff, deploy } = jobs()
    assert.notInclude(test, "id-token")
    assert.match(diff, /role-to-assume: \$\{\{ vars\.AWS_DIFF_ROLE \}\}/)
    assert.notMatch(diff, /environment:|AWS_DEPLOY_ROLE/)
    assert.match(deploy, /environment: prod[\s\S]*role-to-assume: \$\{\{ vars\.AWS_DEPLOY_ROLE \}\}/)
  })

  it("deploy the files that were reviewed, as they were before the stage's secrets stood beside them", () => {
    const { diff, deploy } = jobs()
    assert.match(
      diff,
      /npm run build\n[\s\S]*upload-artifact[\s\S]*path: dist[\s\S]*sst diff[\s\S]*CONCIERGE_PREBUILT: "1"/,
    )
    assert.match(deploy, /download-artifact[\s\S]*path: dist[\s\S]*sst deploy[\s\S]*CONCIERGE_PREBUILT: "1"/)
    assert.notInclude(deploy, "npm run build")
  })

  it("try what was released with a made-up person, and write to nobody whom the repository does not name", () => {
    const { deploy } = jobs()
    assert.match(
      deploy,
      /sst deploy --stage prod[\s\S]*release -- --stage prod[\s\S]*npx concierge smoke --stage prod --yes\n +env:\n +SMOKE_CHAT: \$\{\{ vars\.SMOKE_CHAT \}\}\n$/,
    )
  })

  it("take other people's actions by commit, which nobody can move", () => {
    for (const name of ["checks", "deploy"]) {
      for (const [, action = ""] of workflow(name).matchAll(/uses: (.*)/g)) {
        assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
      }
    }
  })

  it("deploy from the functions' own processor, by which V8's code cache goes", () => {
    const { diff, deploy } = jobs()
    for (const job of [diff, deploy]) assert.include(job, "runs-on: ubuntu-24.04-arm")
  })

  it("check every push", () => {
    assert.match(workflow("checks"), /push:\n {4}branches: \["\*\*"\]/)
    for (const script of [
      "test",
      "run --silent secrets",
      "run --silent advisories",
      "run --silent bench:hostile",
      "run --silent infra:check",
    ]) {
      assert.include(workflow("checks"), `npm ${script}`)
    }
  })
})

const jobs = () => {
  const [, test = "", diff = "", deploy = ""] = workflow("deploy").split(/^ {2}(?:test|diff|deploy):$/m)
  return { test, diff, deploy }
}
