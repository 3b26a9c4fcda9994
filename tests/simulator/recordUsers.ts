import type { User } from "@concierge/core/onboarding/User.ts"
import type { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import type { Method } from "./Faults.ts"
import type { History } from "./History.ts"
import type { Services } from "./Services.ts"

interface Writing {
  readonly method: Method
  readonly userId: string
  readonly token: string
  readonly event: string
}

/** `7:701:shown` is what a tap made of update 701 after that had ended. */
export const baseOf = (eventId: string): string => eventId.split(":").slice(0, 2).join(":")

/** Looks at the person's row, past the layer under test, before and after each call: what is there is the truth. */
export const recordUsers = (
  { tables, users }: Pick<Services["stores"], "tables" | "users">,
  { attempts, proven, writes }: History,
  now: () => number,
): Users["Service"] => {
  const select = tables.sqlite.prepare("SELECT item FROM users WHERE userId = ?")
  const texts = new Map<string, string | undefined>()
  const items = new Map<string, User | undefined>()
  const look = (writing: Writing): void => {
    const { userId } = writing
    const item = select.get(userId)?.item
    const text = typeof item === "string" ? item : undefined
    if (text === texts.get(userId)) return
    const before = items.get(userId)
    const after: User | undefined = text === undefined ? undefined : JSON.parse(text)
    texts.set(userId, text)
    items.set(userId, after)
    writes.push({ at: now(), before, after, ...writing })
    const attempt = attempts.get(writing.token)
    const isCommit = writing.method === "Users.commit" || writing.method === "Users.remove"
    if (!isCommit || attempt === undefined) return
    if (writing.event === attempt.event) attempt.committedAt ??= now()
    else proven.set(baseOf(writing.event), now())
  }
  const eventOf = (token: string): string => attempts.get(token)?.event ?? "?"
  const seen = <A, E>(call: Effect.Effect<A, E>, writing: () => Writing): Effect.Effect<A, E> =>
    Effect.tap(
      call,
      Effect.sync(() => look(writing())),
    )
  return {
    begin: (input) => seen(users.begin(input), () => ({ method: "Users.begin", ...input })),
    release: ({ ...input }) =>
      seen(users.release(input), () => ({ method: "Users.release", event: eventOf(input.token), ...input })),
    commit: (input) =>
      seen(users.commit(input), () => ({
        method: "Users.commit",
        userId: input.before.userId,
        event: input.event,
        token: input.token,
      })),
    remove: (userId, token) =>
      seen(users.remove(userId, token), () => ({ method: "Users.remove", event: eventOf(token), userId, token })),
    get: users.get,
  }
}
