import type { Action } from "./Action.ts"
import type { User } from "./User.ts"

/** A person apart from what a delivery holds on to. */
export type Unlocked = Omit<User, "lock" | "not_before">

export const unlocked = ({ lock: _lock, not_before: _notBefore, ...rest }: User): Unlocked => rest

/**
 * The newest update knows the person best, in whatever order they come. Telegram leaves a username or a last name out
 * where there is none, but a language now and then; all names, when it does not know the person's first.
 */
export const withProfile = (user: Unlocked, { at, person }: Action): Unlocked => {
  if (user.profile_at !== undefined && at < user.profile_at) return user
  const { first_name, language_code, last_name, username } = person
  const told = { ...user, profile_at: at, ...(language_code !== undefined && { languageCode: language_code }) }
  if (first_name === undefined || first_name === "") return told
  const { lastName: _last, username: _username, ...rest } = told
  return {
    ...rest,
    firstName: first_name,
    ...(username !== undefined && { username }),
    ...(last_name !== undefined && { lastName: last_name }),
  }
}
