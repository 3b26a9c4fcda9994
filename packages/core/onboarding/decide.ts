import { keptPayload } from "../attribution/StartPayload.ts"
import type { Locale } from "../brand/Locale.ts"
import { doubleStart, forgetWindow, staleAfter } from "../delivery/times.ts"
import { fromIso, type Iso, plus } from "../Time.ts"
import { type IgnoredReason, ignored, type Outcome } from "../updates/Outcome.ts"
import type { Action } from "./Action.ts"
import type { Button } from "./Button.ts"
import { isUnknown, type State, type Step, type User } from "./User.ts"

/** What a message other than a step's says. */
export type Saying =
  | "button"
  | "hint"
  | "menu"
  | "help"
  | "language"
  | "languageSet"
  | "startFirst"
  | "forgetQuestion"
  | "forgetKept"
  | "forgetExpired"

/** What is to be done about an action; deciding it needs no more than the person as they are. */
export type Plan =
  /** Sends the step's message and moves on. */
  | { readonly _tag: "Advance"; readonly step: Step }
  /** Sends it again; the state stays. */
  | { readonly _tag: "Repeat"; readonly step: "video" | "greeting" }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Forget" }
  | { readonly _tag: "Say"; readonly saying: Saying; readonly language?: Locale }
  /** Nothing but the answer to the tap, shown over the chat. */
  | { readonly _tag: "Toast" }
  | { readonly _tag: "Note"; readonly outcome: Outcome }

/** Legal edges, beside /restart from anywhere to NEW. */
export const next: Readonly<Record<State, { readonly step: Step; readonly state: State } | undefined>> = {
  NEW: { step: "video", state: "WELCOME_VIDEO_SENT" },
  WELCOME_VIDEO_SENT: { step: "greeting", state: "TTS_SENT" },
  TTS_SENT: { step: "finish", state: "DONE" },
  DONE: undefined,
}

export const stateAfter: Readonly<Record<Step, State>> = {
  video: "WELCOME_VIDEO_SENT",
  greeting: "TTS_SENT",
  finish: "DONE",
}

/** Told by Telegram, or by a send that was refused; a message since then proves the opposite. */
export const isBlocked = (user: User, action: Action): boolean => user.blocked && !provesUnblocked(user, action)

/** Taps prove nothing: an old button can be pressed in a chat with a blocked bot. */
export const provesUnblocked = (user: User, { trigger, at }: Action): boolean =>
  user.membership_at === undefined || (isMessage(trigger._tag) && at > user.membership_at)

const isMessage = (tag: Action["trigger"]["_tag"]): boolean =>
  tag !== "Button" && tag !== "Membership" && tag !== "Edited"

/** When an update came and when it is worked; `maxAge` in milliseconds. */
export interface When {
  readonly receivedAt: Iso
  readonly now: Iso
  readonly maxAge: number
}

export const decide = (user: User, action: Action, { receivedAt, now, maxAge }: When): Plan => {
  const { at, trigger } = action
  if (trigger._tag === "Membership") return membership(user, at, trigger.blocked)
  if (fromIso(now) - fromIso(receivedAt) > maxAge) return ignore("expired")
  // Its date is that of the message, which may be any age: the edit itself is new.
  if (trigger._tag === "Edited") return { _tag: "Note", outcome: "applied" }
  if (isStale(user, action, now)) return ignore("stale")
  const plan = planOf(user, action, receivedAt, now)
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

const planOf = (user: User, action: Action, receivedAt: Iso, now: Iso): Plan => {
  const { trigger, at } = action
  switch (trigger._tag) {
    case "Start":
      return isDoubleStart(user, action, trigger.payload) ? button(user) : dueStep(user)
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
      return trigger.button === undefined ? hint(at, now) : ofButton(user, trigger.button, receivedAt)
    default:
      return hint(at, now)
  }
}

const ofButton = (user: User, pressed: Button, receivedAt: Iso): Plan => {
  switch (pressed._tag) {
    case "WatchVideo":
      return user.state === "NEW" ? dueStep(user) : repeat(user, "video", receivedAt)
    case "PlayAudio":
      return user.state === "NEW" || user.state === "WELCOME_VIDEO_SENT"
        ? dueStep(user)
        : repeat(user, "greeting", receivedAt)
    case "Finish":
      if (user.state === "DONE") return { _tag: "Toast" }
      // The second of two taps: the message it would finish was not there yet when it was made.
      return user.state === "TTS_SENT" && isBefore(receivedAt, user.state_progress.TTS_SENT?.at)
        ? ignore("coalesced")
        : dueStep(user)
    case "Restart":
      return { _tag: "Restart" }
    case "Language":
      return say("language")
    case "SetLanguage":
      return { _tag: "Say", saying: "languageSet", language: pressed.locale }
    case "Forget":
      // By when it was pressed: worked again after a crash half-way, it must not say that nothing was deleted.
      return fromIso(receivedAt) - pressed.askedAt * 1000 > forgetWindow ? say("forgetExpired") : { _tag: "Forget" }
    case "Keep":
      return say("forgetKept")
  }
}

const membership = (user: User, at: Iso, blocked: boolean): Plan => {
  // Within the same second the unblocking wins: who is reachable may be written to.
  const newer = user.membership_at === undefined || (blocked ? at > user.membership_at : at >= user.membership_at)
  return newer ? { _tag: "Note", outcome: "applied" } : ignore("not newer")
}

/** A tap made before the message it asks for had arrived is the second of a double tap. */
const repeat = (user: User, step: "video" | "greeting", receivedAt: Iso): Plan =>
  isBefore(receivedAt, user.state_progress[stateAfter[step]]?.sentAt) ? ignore("coalesced") : { _tag: "Repeat", step }

/** Also a /start overtaken by the tap that followed it: the step after that one is not asked for yet. */
const isDoubleStart = (user: User, { at, trigger }: Action, payload: string): boolean => {
  if (user.state === "NEW") return false
  const last = user.last_start_ts
  const again =
    last !== undefined && keptPayload(payload) === (user.last_start_payload ?? "") && plus(last, doubleStart) >= at
  return trigger._tag === "Start" && (again || isBefore(plus(at, 999), user.state_progress[user.state]?.at))
}

const isBefore = (at: Iso, moment: Iso | undefined): boolean => moment !== undefined && at <= moment

const dueStep = (user: User): Plan => {
  const due = next[user.state]
  return due === undefined ? say("menu") : { _tag: "Advance", step: due.step }
}

const button = (user: User): Plan => say(user.state === "DONE" ? "menu" : "button")

const hint = (at: Iso, now: Iso): Plan => (plus(at, staleAfter) < now ? ignore("stale") : say("hint"))

const say = (saying: Saying): Plan => ({ _tag: "Say", saying })

const ignore = (reason: IgnoredReason): Plan => ({ _tag: "Note", outcome: ignored(reason) })
