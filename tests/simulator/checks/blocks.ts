import type { History } from "../History.ts"
import { epoch } from "../Schedule.ts"
import type { Check } from "./Evidence.ts"

/** After a block is known nothing is sent, until something since proves that it is over, or the person is forgotten. */
export const unwanted: Check = ({ history, schedule }) => {
  const known = history.writes.flatMap(({ after, at, before, userId }) =>
    after?.blocked === true && (before?.blocked !== true || before.membership_at !== after.membership_at)
      ? [{ at, userId, since: Date.parse(after.membership_at ?? ""), until: deletionOf(history, userId, at) }]
      : [],
  )
  return known.flatMap(({ at, since, until, userId }) =>
    history.sends
      .filter(({ attempt, from }) => attempt?.userId === userId && from > at && from < until)
      .filter(
        ({ from }) =>
          !schedule.requests.some(
            ({ about, at: sentAt }) => about.userId === userId && epoch + sentAt <= from && proves(about, since),
          ),
      )
      .map(
        ({ attempt, method }) =>
          `UNWANTED ${method} for ${attempt?.event} to ${userId}, who is known to have blocked us`,
      ),
  )
}

const deletionOf = ({ writes }: History, userId: string, since: number): number =>
  writes.find((write) => write.userId === userId && write.at > since && write.after === undefined)?.at ??
  Number.POSITIVE_INFINITY

const proves = (
  { date, name }: { readonly date: number | undefined; readonly name: string },
  since: number,
): boolean => {
  if (date === undefined || name === "edited" || name === "kicked") return false
  return name === "member" ? date >= since : date > since
}

/** A refusal for that reason is known from then on. */
export const remembered: Check = ({ history }) => {
  const commits = new Map(
    history.writes
      .filter(({ method }) => method === "Users.commit" || method === "Users.remove")
      .map((write) => [write.token, write]),
  )
  return history.sends.flatMap(({ answer, attempt }) => {
    if (answer !== "blocked" || attempt === undefined || attempt.cutShort) return []
    const commit = commits.get(attempt.token)
    return commit !== undefined && commit.after?.blocked !== false
      ? []
      : [`UNWANTED the 403 for ${attempt.event} is not kept`]
  })
}
