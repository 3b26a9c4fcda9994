import type { Iso } from "../Time.ts"
import type { Action } from "./Action.ts"
import type { User } from "./User.ts"

/** Told by Telegram, or by a send that was refused; a message since then proves the opposite. */
export const isBlocked = (user: User, action: Action): boolean => user.blocked && !provesUnblocked(user, action)

/**
 * Taps prove nothing: an old button can be pressed in a chat with a blocked bot. A message of the second of the mark may
 * have overtaken the unblocking; if it was before the mark, Telegram refuses the answer.
 */
export const provesUnblocked = (user: User, { trigger, at }: Action): boolean =>
  user.membership_at === undefined || (isMessage(trigger._tag) && at >= user.membership_at)

const isMessage = (tag: Action["trigger"]["_tag"]): boolean =>
  tag !== "Button" && tag !== "Membership" && tag !== "Edited"

/** Within the same second the unblocking wins: who is reachable may be written to. */
export const isNewer = ({ membership_at }: User, at: Iso, blocked: boolean): boolean =>
  membership_at === undefined || (blocked ? at > membership_at : at >= membership_at)
