import * as Duration from "effect/Duration"
import { plus } from "../Time.ts"
import type { Action } from "./Action.ts"
import { after, type Flow, hasReceived, type Step } from "./Flow.ts"
import type { Pressed } from "./Pressed.ts"
import type { Unseen, User } from "./User.ts"

export interface Proven {
  readonly step: Step
  readonly message: Unseen[string]
}

/** Telegram's clock and ours. */
const clockSkew = Duration.seconds(5)

/**
 * The step that a tap proves to have arrived: one whose sends were not answered, and whose message alone has had this
 * button since. A message from before, of an earlier run for instance, proves nothing.
 */
export const provenBy = (flow: Flow, user: User, { trigger }: Action): Proven | undefined => {
  if (trigger._tag !== "Button" || trigger.button === undefined) return undefined
  const { button, shownAt } = trigger
  return Object.entries(user.unseen ?? {}).flatMap(([of, message]): ReadonlyArray<Proven> => {
    const step = flow.byId.get(of)
    if (step === undefined || hasReceived(user, step) || !leadsOn(flow, user, step, button)) return []
    return shownAt === undefined || plus(shownAt, clockSkew) >= message.since ? [{ step, message }] : []
  })[0]
}

const leadsOn = (flow: Flow, { answers }: User, step: Step, button: Pressed): boolean =>
  step.kind === "question"
    ? button._tag === "Answer" && button.question === step.id
    : button._tag === "Step" && flow.byData.get(button.data) === after(flow, step, answers)
