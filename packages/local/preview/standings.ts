import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Plan } from "@concierge/core/onboarding/decide.ts"
import { after, dueOf, type Flow, newState, type Step } from "@concierge/core/onboarding/Flow.ts"
import { type Unlocked, unlocked } from "@concierge/core/onboarding/profile.ts"
import { newUser } from "@concierge/core/onboarding/User.ts"
import { iso } from "@concierge/core/Time.ts"
import type { Who } from "./Scene.ts"

type Answers = Readonly<Record<string, string>>
type Advance = Extract<Plan, { readonly _tag: "Advance" }>

/** A place in the flow where somebody can stand: what they have had, and what they have answered. */
export interface Standing {
  readonly received: ReadonlyArray<Step>
  readonly answers: Answers
}

/** The moment at which everybody in a preview stands where they stand. */
export const now = iso("2026-01-01T12:00:00.000Z")

const beginning: Standing = { received: [], answers: {} }

/** Every place, along every way: their number grows with the product of the questions' choices. */
export const standingsOf = (flow: Flow): ReadonlyArray<Standing> => {
  const found = [beginning]
  for (const standing of found) found.push(...movesFrom(flow, standing).map((move) => moved(standing, move)))
  return found
}

/** The ways on from a place: one, or one for each answer. */
export const movesFrom = (flow: Flow, standing: Standing): ReadonlyArray<Advance> => {
  const due = dueOf(flow, personAt(standing))
  switch (due._tag) {
    case "Step":
      return [{ _tag: "Advance", step: due.step }]
    case "Answer":
      return due.question.choices.flatMap(({ id }) => {
        const answer = { [due.question.id]: id }
        const step = after(flow, due.question, answer)
        return step === undefined ? [] : [{ _tag: "Advance", step, answer }]
      })
    case "Finished":
      return []
  }
}

const moved = ({ answers, received }: Standing, { answer, step }: Advance): Standing => ({
  received: [...received, step],
  answers: { ...answers, ...answer },
})

const nobody = unlocked(
  newUser({
    userId: userIdOf(1),
    telegramId: 1,
    sessionId: sessionId(""),
    now,
    lock: { token: "", event: eventId(""), until: now },
  }),
)

const personAt = ({ answers, received }: Standing): Unlocked => ({
  ...nobody,
  state: received.at(-1)?.state ?? newState,
  state_progress: Object.fromEntries(received.map(({ id, state }) => [id, { state, at: now, updateId: "0" }])),
  answers,
  ...(received.at(-1)?.kind === "finish" && { finished_at: now }),
})

/** Somebody who stands there. */
export const personOf = (standing: Standing, { firstName, locale }: Who): Unlocked => ({
  ...personAt(standing),
  languageCode: locale,
  ...(firstName !== undefined && { firstName }),
})

/** What somebody waits for there, in words: `hello is due`. */
export const placeOf = ({ flow }: BrandValue, standing: Standing): string => {
  const due = dueOf(flow, personAt(standing))
  switch (due._tag) {
    case "Step":
      return `${due.step.id} is due`
    case "Answer":
      return `${due.question.id} is asked`
    case "Finished":
      return "finished"
  }
}
