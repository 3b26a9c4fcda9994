import type { Plan } from "./run.ts"
import { epoch } from "./Schedule.ts"
import { shrink } from "./shrink.ts"
import { planOf, simulate } from "./simulate.ts"
import { asItIs, type Variant } from "./Variant.ts"

/** What an invariant's violation looks like at its shortest, and how to see it again. */
export const reportOf = async (
  seed: number,
  violations: ReadonlyArray<string>,
  variant: Variant = asItIs,
): Promise<string> => {
  const plan: Plan = { ...(await shrink(planOf(seed, { variant }), violations)), isTraced: true }
  const { history, violations: left } = await simulate(plan)
  return [
    `Seed ${seed}: ${violations.length} violations`,
    ...violations.slice(0, 5).map(shortened),
    "",
    `The shortest history found: ${plan.schedule.requests.length} requests, ${history.injected.size} faults`,
    ...plan.schedule.requests.map(
      ({ about, at, updateId }) =>
        `  ${timeOf(at)} update ${updateId}: ${about.name} of ${about.userId ?? about.chatId}`,
    ),
    ...[...history.injected].map(([point, fault]) => `  ${fault} at ${point}`),
    "",
    ...history.log.slice(0, 200),
    ...left.slice(0, 5).map(shortened),
    "",
    `Again: npm run simulate -- --seed ${seed}`,
  ].join("\n")
}

const timeOf = (at: number): string => new Date(epoch + at).toISOString().slice(11, 23)

const shortened = (text: string): string => `  ${text.length > 600 ? `${text.slice(0, 600)}…` : text}`
