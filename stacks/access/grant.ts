import { StageError } from "../options.ts"
import { privateOptions } from "../stageFile.ts"
import { administrator, diffPolicy, trust, viewOnly } from "./documents.ts"
import { ensureEnvironment } from "./ensureEnvironment.ts"
import { ensureProvider, ensureRole } from "./roles.ts"
import { type Customization, type Repository, refuseOwnSubjects, subjects } from "./subjects.ts"
import type { Tool } from "./tools.ts"

export interface Access {
  readonly stage: string
  /** `owner/name`. */
  readonly repo: string
  readonly reviewer: string | undefined
  /** `.env.<stage>`, for what is not in the repository. */
  readonly local: Readonly<Record<string, string | undefined>>
}

/** Lets a repository's runs show what a tag would change, and after a review change it. Run again, it mends. */
export const grant = (aws: Tool, gh: Tool, { stage, repo, reviewer, local }: Access): ReadonlyArray<string> => {
  const missing = privateOptions.find((option) => option === "STAGE_ALARM_EMAIL" && !local[option])
  if (missing) throw new StageError(`${missing} is not in .env.${stage}: the deploys from GitHub need it too`)
  const facts: Repository = JSON.parse(gh(["api", `repos/${repo}`]))
  const customization: Customization = JSON.parse(gh(["api", `repos/${repo}/actions/oidc/customization/sub`]))
  refuseOwnSubjects(customization, repo)
  const { Account: account }: { Account: string } = JSON.parse(aws(["sts", "get-caller-identity", "--output", "json"]))

  ensureProvider(aws, account)
  const diff = ensureRole(aws, {
    name: `concierge-${stage}-diff`,
    trust: trust(account, subjects(facts, "ref:refs/tags/v*")),
    policy: diffPolicy(account),
    attached: viewOnly,
  })
  const deploy = ensureRole(aws, {
    name: `concierge-${stage}-deploy`,
    // The environment's reviewer stands before this one and before nothing else.
    trust: trust(account, subjects(facts, `environment:${stage}`)),
    attached: administrator,
  })
  const reviewers = ensureEnvironment(gh, repo, stage, reviewer)

  const variable = (name: string, value: string, ...where: ReadonlyArray<string>) =>
    gh(["variable", "set", name, "--repo", repo, "--body", value, ...where])
  variable("AWS_DIFF_ROLE", diff)
  variable("AWS_DEPLOY_ROLE", deploy, "--env", stage)
  const passed = privateOptions.flatMap((option) => (local[option] ? [[option, local[option]] as const] : []))
  for (const [option, value] of passed) variable(option, value)
  return [
    `${repo} may show what a tag v* changes in ${stage} (${diff}), and deploy it from its environment "${stage}" (${deploy}).`,
    `Variables: AWS_DIFF_ROLE, AWS_DEPLOY_ROLE, ${passed.map(([option]) => option).join(", ")}.`,
    reviewers > 0
      ? `Reviewers: ${reviewers}.`
      : `Nobody reviews: every tag v* is deployed as it comes. Say --reviewer <login>.`,
  ]
}
