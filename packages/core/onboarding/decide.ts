import type * as Duration from "effect/Duration"
import type { Locale } from "../brand/Locale.ts"
import { doubleStart, forgetWindow, oneGo, staleAfter } from "../delivery/times.ts"
import { fromTelegram, type Iso, plus } from "../Time.ts"
import { type IgnoredReason, ignored, type Outcome } from "../updates/Outcome.ts"
import type { Action } from "./Action.ts"
import { after, answerTo, dueOf, type Flow, hasReceived, latest, newState, type Step } from "./Flow.ts"
import { isBlocked, isNewer } from "./membership.ts"
import type { Pressed } from "./Pressed.ts"
import { isUnknown, type Progress, sentAtOf, type User } from "./User.ts"

/** What a message other than a step's says. */
export const sayings = [
  "button",
  "hint",
  "menu",
  "help",
  "language",
  "languageSet",
  "startFirst",
  "forgetQuestion",
  "forgetKept",
  "forgetExpired",
] as const
export type Saying = (typeof sayings)[number]

/** The choice's id by the question's, of one question. */
type Answer = Readonly<Record<string, string>>

/** What is to be done about an action; deciding it needs no more than the person as they are. */
export type Plan =
  /** Sends the step's message and moves on, with the answer that led there. */
  | { readonly _tag: "Advance"; readonly step: Step; readonly answer?: Answer }
  /** Sends it again; the state stays. */
  | { readonly _tag: "Repeat"; readonly step: Step }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Forget" }
  | { readonly _tag: "Say"; readonly saying: Saying; readonly language?: Locale }
  /** Nothing but the answer to the tap, shown over the chat. */
  | { readonly _tag: "Toast" }
  | { readonly _tag: "Note"; readonly outcome: Outcome }

export interface When {
  readonly receivedAt: Iso
  readonly now: Iso
  readonly maxAge: Duration.Duration
}

export const decide = (flow: Flow, user: User, action: Action, { receivedAt, now, maxAge }: When): Plan => {
  const { at, trigger } = action
  if (trigger._tag === "Membership") {
    return isNewer(user, at, trigger.blocked) ? { _tag: "Note", outcome: "applied" } : ignore("not newer")
  }
  if (now > plus(receivedAt, maxAge)) return ignore("expired")
  // Its date is that of the message, which may be any age: the edit itself is new.
  if (trigger._tag === "Edited") return { _tag: "Note", outcome: "applied" }
  if (isStale(user, action, now)) return ignore("stale")
  const plan = planOf(flow, user, action, receivedAt, now)
  if (plan._tag === "Note" || plan._tag === "Toast") return plan
  // Deleting needs no message.
  return isBlocked(user, action) && plan._tag !== "Forget" ? ignore("blocked") : plan
}

/**
 * Much older than what the person did since. What undoes something is so already if it comes late and they did anything
 * since: a redriven /restart would reset someone who has finished in the meantime.
 */
const isStale = ({ profile_at }: User, { at, trigger }: Action, now: Iso): boolean =>
  profile_at !== undefined &&
  // It may be half done: their sessions are deleted before Telegram takes the message, and that may be hours later.
  !(trigger._tag === "Button" && trigger.button?._tag === "Forget") &&
  (plus(at, staleAfter) < profile_at || (undoes(trigger) && at < profile_at && plus(at, staleAfter) < now))

const undoes = (trigger: Action["trigger"]): boolean => {
  const tag = trigger._tag === "Button" ? trigger.button?._tag : trigger._tag
  return tag === "Restart" || tag === "SetLanguage"
}

const planOf = (flow: Flow, user: User, action: Action, receivedAt: Iso, now: Iso): Plan => {
  const { trigger, at } = action
  switch (trigger._tag) {
    case "Start":
      return isDoubleStart(user, action) ? goOn(user) : dueStep(flow, user)
    case "Restart":
      return isUnknown(user) ? say("startFirst") : { _tag: "Restart" }
    case "Menu":
      return say("menu")
    case "Help":
      return say("help")
    case "Language":
      return say("language")
    case "ForgetMe":
      return say("forgetQuestion")
    case "Button":
      return trigger.button === undefined ? hint(at, now) : ofButton(flow, user, trigger.button, receivedAt)
    default:
      return isOneGo(user, at) ? ignore("coalesced") : hint(at, now)
  }
}

/** What people do in one go is answered once. */
const isOneGo = ({ hinted_at }: User, at: Iso): boolean =>
  hinted_at !== undefined && at <= plus(hinted_at, oneGo) && hinted_at <= plus(at, oneGo)

const ofButton = (flow: Flow, user: User, pressed: Pressed, receivedAt: Iso): Plan => {
  switch (pressed._tag) {
    case "Step":
      return ofStep(flow, user, flow.byData.get(pressed.data), receivedAt)
    case "Answer":
      return ofAnswer(flow, user, pressed, receivedAt)
    case "Restart":
      return { _tag: "Restart" }
    case "Language":
      return say("language")
    case "SetLanguage":
      return { _tag: "Say", saying: "languageSet", language: pressed.locale }
    case "Forget":
      // By when it was pressed: worked again after a crash half-way, it must not say that nothing was deleted.
      return receivedAt > plus(fromTelegram(pressed.askedAt), forgetWindow) ? say("forgetExpired") : { _tag: "Forget" }
    case "Keep":
      return say("forgetKept")
  }
}

/** A step had already is sent again; any other button, that of a step that is gone included, leads to what is due. */
const ofStep = (flow: Flow, user: User, step: Step | undefined, receivedAt: Iso): Plan => {
  if (step === undefined || !hasReceived(user, step)) {
    return user.finished_at !== undefined && step?.kind === "finish"
      ? { _tag: "Toast" }
      : dueStep(flow, user, receivedAt)
  }
  if (step.kind === "finish") return { _tag: "Toast" }
  // A tap made before the message it asks for had arrived is the second of a double tap.
  return isBefore(receivedAt, sentOf(user.state_progress[step.id])) ? ignore("coalesced") : { _tag: "Repeat", step }
}

const ofAnswer = (
  flow: Flow,
  user: User,
  { choice, question }: Extract<Pressed, { readonly _tag: "Answer" }>,
  receivedAt: Iso,
): Plan => {
  const due = dueOf(flow, user)
  if (due._tag === "Answer" && due.question.id === question) {
    // Below the same question of an earlier run: with the first of two such taps this one was asked again.
    if (isBefore(receivedAt, latest(user)?.at)) return ignore("coalesced")
    const answer = { [question]: choice }
    const step = after(flow, due.question, answer)
    return step === undefined ? goOn(user) : { _tag: "Advance", step, answer }
  }
  const isAnswered = answerTo(user, question) !== undefined && hasQuestion(flow, user, question)
  if (!isAnswered) return dueStep(flow, user, receivedAt)
  // The first answer stands. A second tap on it is the second of a double tap, or asks where to go on.
  return isBefore(receivedAt, sentOf(latest(user))) ? ignore("coalesced") : goOn(user)
}

const sentOf = (step: Progress | undefined): Iso | undefined => (step === undefined ? undefined : sentAtOf(step))

const hasQuestion = (flow: Flow, user: User, id: string): boolean => {
  const question = flow.byId.get(id)
  return question?.kind === "question" && hasReceived(user, question)
}

/**
 * Two within seconds are one wish, whatever they carry. So is a /start overtaken by the tap that followed it: the step
 * after that one is not asked for yet.
 */
const isDoubleStart = (user: User, { at }: Action): boolean => {
  if (user.state === newState) return false
  const last = user.last_start_ts
  return (last !== undefined && plus(last, doubleStart) >= at) || isBefore(plus(at, 999), latest(user)?.at)
}

const isBefore = (at: Iso, moment: Iso | undefined): boolean => moment !== undefined && at <= moment

/** `tappedAt`: of the second of two taps the message that it would go on from was not there yet when it was made. */
const dueStep = (flow: Flow, user: User, tappedAt?: Iso): Plan => {
  const due = dueOf(flow, user)
  switch (due._tag) {
    case "Step":
      return tappedAt !== undefined && isBefore(tappedAt, latest(user)?.at)
        ? ignore("coalesced")
        : { _tag: "Advance", step: due.step }
    case "Answer":
      return goOn(user)
    case "Finished":
      return say("menu")
  }
}

/** No more than the button that goes on. */
const goOn = (user: User): Plan => say(user.finished_at === undefined ? "button" : "menu")

const hint = (at: Iso, now: Iso): Plan => (plus(at, staleAfter) < now ? ignore("stale") : say("hint"))

const say = (saying: Saying): Plan => ({ _tag: "Say", saying })

const ignore = (reason: IgnoredReason): Plan => ({ _tag: "Note", outcome: ignored(reason) })
