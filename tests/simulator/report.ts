import type { Plan } from "./run.ts"
import { epoch } from "./Schedule.ts"
import { type Run, shrink } from "./shrink.ts"

/** What was violated, and how to see it again: to be said at once, since looking for the shortest history takes time. */
export const headlineOf = ({ again, seed }: Plan, { violations }: Run): string =>
  [
    `Seed ${seed}: ${violations.length} violations. Again: npm run simulate -- ${again}`,
    ...violations.slice(0, 5).map(shortened),
  ].join("\n")

/** What an invariant's violation looks like at its shortest, as far as that is found in time. */
export const reportOf = async (failing: Plan, failed: Run): Promise<string> => {
  const { history, plan, violations } = await shrink(failing, failed)
  return [
    `The shortest history found of seed ${plan.seed}: ${plan.schedule.requests.length} requests, ${history.injected.size} faults`,
    ...plan.schedule.requests.map(
      ({ about, at, updateId }) =>
        `  ${timeOf(at)} update ${updateId}: ${about.name} of ${about.userId ?? about.chatId}`,
    ),
    ...[...history.injected].map(([point, fault]) => `  ${fault} at ${point}`),
    "",
    ...history.log.slice(0, 200),
    ...violations.slice(0, 5).map(shortened),
  ].join("\n")
}

const timeOf = (at: number): string => new Date(epoch + at).toISOString().slice(11, 23)

const shortened = (text: string): string => `  ${text.length > 600 ? `${text.slice(0, 600)}…` : text}`
