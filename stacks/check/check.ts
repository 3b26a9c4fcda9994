import type { Plan } from "../diff/plan.ts"
import { againstModels } from "./againstModels.ts"
import { againstProvider } from "./againstProvider.ts"
import type { Verdict } from "./finding.ts"
import { quotas } from "./quotas.ts"
import { brokenRelations, relations } from "./relations.ts"

/** What AWS would refuse of a plan, as far as that is known without asking it. */
export const check = (plan: Plan): ReadonlyArray<Verdict> => [againstProvider(plan), ...againstServices(plan)]

/** All but the provider's own declarations, which take a run of the compiler. */
export const againstServices = (plan: Plan): ReadonlyArray<Verdict> => [
  againstModels(plan),
  againstQuotas(plan),
  {
    by: "what services ask of several properties at once (stacks/check/relations.ts)",
    looked: `${relations.length} rules`,
    findings: brokenRelations(plan),
  },
]

const againstQuotas = (plan: Plan): Verdict => {
  const counted = quotas.flatMap(({ what, most, page, count }) =>
    count(plan).map(([resource, size]) => ({ what, most, page, resource, size })),
  )
  const over = counted.filter(({ size, most }) => size > most)
  return {
    by: "documented quotas (stacks/check/quotas.ts)",
    looked: `${counted.length} sizes and counts`,
    findings: over.map(({ resource, what, most, size, page }) => ({
      resource,
      where: what,
      says: `${size}, ${most} at most (${page})`,
    })),
  }
}

export const report = ({ stage }: Plan, verdicts: ReadonlyArray<Verdict>): string =>
  [
    `Stage ${stage}`,
    ...verdicts.flatMap(({ by, looked, findings }) => [
      `  ${findings.length === 0 ? "nothing refused" : `${findings.length} refused`}  ${by}: ${looked}`,
      ...findings.map(({ resource, where, says }) => `    ${resource} ${where}: ${says}`),
    ]),
  ].join("\n")
