import { assert, describe, it } from "@effect/vitest"
import { diffPolicy } from "../../stacks/access/documents.ts"
import { grant } from "../../stacks/access/grant.ts"
import type { Tool } from "../../stacks/access/tools.ts"
import { StageError } from "../../stacks/options.ts"
import { at, json } from "./stages.ts"

/** As a command fails that was asked for what is not there. */
const notThere = (stderr: string) => Object.assign(new Error(stderr), { stderr })

/** An empty account and a new repository, as far as the script asks them. */
const mock = (customization: object = { use_default: true }) => {
  const roles = new Map<string, { trust: unknown; attached: string; policy?: unknown }>()
  const variables = new Map<string, string>()
  const environment: { settings?: unknown; policies: Array<object> } = { policies: [] }
  let providers = 0

  const aws: Tool = (args) => {
    const option = (name: string) => args[args.indexOf(`--${name}`) + 1] ?? ""
    const name = option("role-name")
    const role = roles.get(name)
    switch (args[1]) {
      case "get-caller-identity":
        return JSON.stringify({ Account: "123456789012" })
      case "get-open-id-connect-provider":
        if (providers === 0) throw notThere("An error occurred (NoSuchEntity)")
        return "{}"
      case "create-open-id-connect-provider":
        providers += 1
        return "{}"
      case "get-role":
        if (role === undefined) throw notThere("An error occurred (NoSuchEntity)")
        return `arn:aws:iam::123456789012:role/${name}\n`
      case "create-role":
        if (role) throw new Error("EntityAlreadyExists")
        roles.set(name, { trust: json(option("assume-role-policy-document")), attached: "" })
        return "{}"
      case "update-assume-role-policy":
        roles.set(name, { attached: "", ...role, trust: json(option("policy-document")) })
        return ""
      case "attach-role-policy":
        roles.set(name, { trust: undefined, ...role, attached: option("policy-arn") })
        return ""
      case "put-role-policy":
        roles.set(name, { trust: undefined, attached: "", ...role, policy: json(option("policy-document")) })
        return ""
      default:
        throw new Error(`aws ${args.join(" ")}`)
    }
  }

  const gh: Tool = (args, input) => {
    const asked = args.join(" ")
    if (asked === "api repos/acme/bot") {
      return JSON.stringify({ name: "bot", id: 456, owner: { login: "acme", id: 123 } })
    }
    if (asked.endsWith("oidc/customization/sub")) return JSON.stringify(customization)
    if (asked === "api users/ana") return JSON.stringify({ id: 7 })
    if (asked === "api repos/acme/bot/environments/prod") {
      if (environment.settings === undefined) throw notThere("gh: Not Found (HTTP 404)")
      const reviewers = (at(environment.settings, "reviewers") ?? []) as ReadonlyArray<{ type: string; id: number }>
      const rule = {
        type: "required_reviewers",
        reviewers: reviewers.map(({ type, id }) => ({ type, reviewer: { id } })),
      }
      return JSON.stringify({ protection_rules: [rule] })
    }
    if (asked.startsWith("api -X PUT")) environment.settings = json(input)
    else if (asked.startsWith("api -X POST")) environment.policies.push({ name: "v*", type: "tag" })
    else if (asked.endsWith("deployment-branch-policies")) {
      return JSON.stringify({ branch_policies: environment.policies })
    } else if (args[0] === "variable") variables.set(`${args[2]}${args[7] ? ` of ${args[8]}` : ""}`, args[6] ?? "")
    else throw new Error(`gh ${asked}`)
    return ""
  }
  return { aws, gh, roles, variables, environment, providers: () => providers }
}

const asked = { stage: "prod", repo: "acme/bot", local: { STAGE_ALARM_EMAIL: "ops@example.com" } }

const trusted = (role: unknown) =>
  at(role, "trust", "Statement", 0, "Condition", "StringLike", "token.actions.githubusercontent.com:sub")

describe("access of GitHub's runs", () => {
  it("is by both forms of their subject, to a role that reads by tag and to one that deploys by environment", () => {
    const { aws, gh, roles } = mock()
    grant(aws, gh, { ...asked, reviewer: "ana" })
    assert.deepStrictEqual(trusted(roles.get("concierge-prod-diff")), [
      "repo:acme/bot:ref:refs/tags/v*",
      "repo:acme@123/bot@456:ref:refs/tags/v*",
    ])
    assert.deepStrictEqual(trusted(roles.get("concierge-prod-deploy")), [
      "repo:acme/bot:environment:prod",
      "repo:acme@123/bot@456:environment:prod",
    ])
    assert.match(String(roles.get("concierge-prod-diff")?.attached), /ViewOnlyAccess$/)
    assert.deepStrictEqual(roles.get("concierge-prod-diff")?.policy, json(JSON.stringify(diffPolicy("123456789012"))))
    assert.match(String(roles.get("concierge-prod-deploy")?.attached), /AdministratorAccess$/)
  })

  it("lets the diff write nothing and read no table, queue or bucket of the stage", () => {
    const actions = diffPolicy("123456789012").Statement.flatMap(({ Action }) => Action)
    assert.sameMembers(actions, ["ssm:GetParameter", "s3:GetObject", "s3:ListBucket"])
    for (const { Resource } of diffPolicy("123456789012").Statement) assert.notInclude(String(Resource), ":*:*")
  })

  it("comes with an environment that is reviewed and for tags, and with its variables", () => {
    const { aws, gh, variables, environment } = mock()
    const said = grant(aws, gh, { ...asked, reviewer: "ana" })
    assert.deepStrictEqual(environment, {
      settings: {
        reviewers: [{ type: "User", id: 7 }],
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      },
      policies: [{ name: "v*", type: "tag" }],
    })
    assert.deepStrictEqual(Object.fromEntries(variables), {
      AWS_DIFF_ROLE: "arn:aws:iam::123456789012:role/concierge-prod-diff",
      "AWS_DEPLOY_ROLE of prod": "arn:aws:iam::123456789012:role/concierge-prod-deploy",
      STAGE_ALARM_EMAIL: "ops@example.com",
    })
    assert.include(said.join("\n"), "Reviewers: 1.")
  })

  it("can be granted again: one of everything, and the reviewers that were there", () => {
    const { aws, gh, roles, environment, providers } = mock()
    grant(aws, gh, { ...asked, reviewer: "ana" })
    const once = structuredClone({ roles, environment })
    grant(aws, gh, { ...asked, reviewer: undefined })
    assert.deepStrictEqual({ roles, environment }, once)
    assert.strictEqual(providers(), 1)
  })

  it("says so when nobody reviews", () => {
    const { aws, gh } = mock()
    assert.match(grant(aws, gh, { ...asked, reviewer: undefined }).join("\n"), /Nobody reviews/)
  })

  it("stops, before anything is made, where the roles would not know the subject, or an alarm would have no reader", () => {
    const own = mock({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] })
    assert.throws(() => grant(own.aws, own.gh, { ...asked, reviewer: "ana" }), StageError, /job_workflow_ref/)
    assert.throws(
      () => grant(own.aws, own.gh, { ...asked, reviewer: "ana", local: {} }),
      StageError,
      /STAGE_ALARM_EMAIL/,
    )
    assert.strictEqual(own.roles.size + own.providers(), 0)
  })
})
