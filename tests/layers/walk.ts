import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { maxAge } from "@concierge/core/delivery/times.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Action, Trigger } from "@concierge/core/onboarding/Action.ts"
import type { Content } from "@concierge/core/onboarding/Content.ts"
import { commit } from "@concierge/core/onboarding/commit.ts"
import { decide, type Plan } from "@concierge/core/onboarding/decide.ts"
import { localeFor, messageOf } from "@concierge/core/onboarding/messages.ts"
import { pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import { unlocked, withProfile } from "@concierge/core/onboarding/profile.ts"
import { newUser, type User } from "@concierge/core/onboarding/User.ts"
import { type Iso, plus, toIso } from "@concierge/core/Time.ts"

const lock = { token: "t", event: eventId("e"), until: toIso(0) }

/** Somebody on their way, with the last message that they were shown. */
export interface Walker {
  readonly user: User
  readonly shown: Content | undefined
  readonly now: Iso
  readonly acts: number
}

export const newcomer = (): Walker => {
  const now = toIso(Date.UTC(2026, 2, 4))
  const user = newUser({ userId: userIdOf(7), telegramId: 7, sessionId: sessionId("s"), now, lock })
  return { user, shown: undefined, now, acts: 0 }
}

export const start: Trigger = { _tag: "Start", payload: "" }

export const tapOf = (brand: BrandValue, data: string): Trigger => ({
  _tag: "Button",
  button: pressedOf(brand, data),
  queryId: "q",
})

/** What a walker's act leads to, without doing it. `at` is when they act; now, unless it was earlier. */
export const planOf = (brand: BrandValue, { now, user }: Walker, trigger: Trigger, at = now): Plan =>
  decide(brand.flow, user, actionOf(trigger, at), { receivedAt: at, now, maxAge })

/** Decides, sends and commits as the delivery does; a minute later they may act again. */
export const act = (brand: BrandValue, walker: Walker, trigger: Trigger, at = walker.now) => {
  const { acts, now, shown, user } = walker
  const action = actionOf(trigger, at)
  const plan = planOf(brand, walker, trigger, at)
  const known = withProfile(unlocked(user), action)
  const message = messageOf({ brand, user: known, locale: localeFor(brand, known) }, plan, now)
  const { user: after } = commit(user, known, {
    event: eventId(`4242:${acts}`),
    updateId: String(acts),
    action,
    plan,
    sent:
      message === undefined
        ? undefined
        : { _tag: "Sent", degraded: false, begunAt: plus(now, 100), sentAt: plus(now, 200) },
    now: plus(now, 300),
    touch: undefined,
    countedAs: undefined,
    language: "en",
    newSessionId: sessionId(`s${acts}`),
    prune: Object.keys(user.recent).map((id) => eventId(id)),
  })
  const next: Walker = { user: after, shown: message ?? shown, now: plus(now, "1 minute"), acts: acts + 1 }
  return { plan, message, next }
}

const actionOf = (trigger: Trigger, at: Iso): Action => ({ _tag: "Action", person: { id: 7 }, trigger, at })

/** The data of a message's buttons. */
export const dataOf = (content: Content | undefined): ReadonlyArray<string> =>
  (content?.buttons ?? []).flatMap((button) => ("data" in button ? [button.data] : []))
