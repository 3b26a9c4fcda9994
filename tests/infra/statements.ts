import type { Plan, Planned } from "../../stacks/diff/plan.ts"
import { all, at, json, one } from "./stages.ts"

export interface Statement {
  readonly Effect: "Allow" | "Deny"
  readonly Principal?: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly Action: string | ReadonlyArray<string>
  readonly Resource?: ReadonlyArray<string>
  readonly Condition?: unknown
}

export const actions = ({ Action }: Statement) => [Action].flat()

/** What a role may do; a policy by reference (AWS's own) would be one that no test has read. */
export const statementsOf = (role: Planned): ReadonlyArray<Statement> =>
  (role.inputs.inlinePolicies as ReadonlyArray<{ policy: string }>).flatMap(({ policy }) => statementsIn(policy))

const statementsIn = (policy: unknown) => at(json(policy), "Statement") as ReadonlyArray<Statement>

/** Every policy document of a stage that is not a role's: queues', keys', topics', buckets'. */
export const resourcePolicies = (plan: Plan) =>
  plan.resources
    .filter(({ inputs, type }) => typeof inputs.policy === "string" && !type.endsWith(":Policy"))
    .map((resource) => ({ resource, statements: statementsIn(resource.inputs.policy) }))

export const roles = (plan: Plan) => all(plan, "Role")

/** What a policy for people allows. */
export const allowedBy = (plan: Plan, name: string) => statementsIn(one(plan, "Policy", name).inputs.policy)
