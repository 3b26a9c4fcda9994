import { found, type Tool } from "./tools.ts"

interface Rule {
  readonly type: string
  readonly reviewers?: ReadonlyArray<{ readonly type: string; readonly reviewer: { readonly id: number } }>
}

/** GitHub's environment of that name: reviewed, and for tags `v*` alone. Reviewers that are there stay. */
export const ensureEnvironment = (gh: Tool, repo: string, name: string, reviewer: string | undefined) => {
  const path = `repos/${repo}/environments/${name}`
  const there = found(() => gh(["api", path]))
  const reviewers = there === undefined ? [] : reviewersIn(JSON.parse(there).protection_rules ?? [])
  if (reviewer !== undefined) {
    const { id }: { id: number } = JSON.parse(gh(["api", `users/${reviewer}`]))
    if (!reviewers.some((known) => known.id === id)) reviewers.push({ type: "User", id })
  }
  const settings = {
    reviewers: reviewers.length > 0 ? reviewers : null,
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  }
  gh(["api", "-X", "PUT", path, "--input", "-"], JSON.stringify(settings))
  const { branch_policies: policies }: { branch_policies: ReadonlyArray<{ name: string; type?: string }> } = JSON.parse(
    gh(["api", `${path}/deployment-branch-policies`]),
  )
  if (!policies.some((policy) => policy.name === "v*" && policy.type === "tag")) {
    gh(["api", "-X", "POST", `${path}/deployment-branch-policies`, "-f", "name=v*", "-f", "type=tag"])
  }
  return reviewers.length
}

const reviewersIn = (rules: ReadonlyArray<Rule>) =>
  rules.flatMap(({ reviewers = [] }) => reviewers.map(({ type, reviewer }) => ({ type, id: reviewer.id })))
