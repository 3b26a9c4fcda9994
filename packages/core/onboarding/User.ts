import * as Schema from "effect/Schema"
import { counting } from "../attribution/Counted.ts"
import { EventId, eventId, SessionId, UserId } from "../ids.ts"
import { Iso, plus } from "../Time.ts"
import { Outcome } from "../updates/Outcome.ts"
import { newState } from "./Flow.ts"

export const Utm = Schema.Struct({
  source: Schema.optionalKey(Schema.String),
  medium: Schema.optionalKey(Schema.String),
  campaign: Schema.optionalKey(Schema.String),
  content: Schema.optionalKey(Schema.String),
  term: Schema.optionalKey(Schema.String),
})

/** What a /start payload said about the campaign that sent the person. */
export const Attribution = Schema.Struct({
  ref_code: Schema.optionalKey(Schema.String),
  utm: Schema.optionalKey(Utm),
  linkId: Schema.optionalKey(Schema.String),
  /** What an advertiser's server calls this very click. */
  clickId: Schema.optionalKey(Schema.String),
  /** A stored link that was good when they came by it. Anything else anybody may have typed. */
  verified: Schema.optionalKey(Schema.Boolean),
  /** Why a stored link did not count as verified. */
  linkState: Schema.optionalKey(Schema.Literals(["expired", "disabled"])),
})
export type Attribution = typeof Attribution.Type

/** What an update came to, written with the state it led to: everything after the commit is derived from it. */
export const Committed = Schema.Struct({
  outcome: Outcome,
  at: Iso,
  run: Schema.Int,
  /** Of the run that the update began, ended or left. */
  sessionId: Schema.optionalKey(SessionId),
  /** The state this update led to, when it led to one. */
  reached: Schema.optionalKey(Schema.String),
  /** With that state the run began: it is the first of its steps. */
  opened: Schema.optionalKey(Schema.Boolean),
  /** With that state the run was over. */
  finished: Schema.optionalKey(Schema.Boolean),
  /** The state that a run under way was left in, when this update was a /restart. */
  left: Schema.optionalKey(Schema.String),
  ...counting,
  /** As what the funnel counts what sent them, by its id; none where nothing did. */
  origin: Schema.optionalKey(Schema.String),
  /** In which of the funnel's items; the first, unless it says so. */
  shard: Schema.optionalKey(Schema.Int),
  degraded: Schema.optionalKey(Schema.Boolean),
  ambiguous: Schema.optionalKey(Schema.Int),
})
export type Committed = typeof Committed.Type

export const Progress = Schema.Struct({
  state: Schema.String,
  /** When its message began to be sent. */
  at: Iso,
  updateId: Schema.String,
  /** Milliseconds after that Telegram last had it, a repeat included; none where that is no time. */
  took: Schema.optionalKey(Schema.Int),
  /** As it was written at first, in place of `took`. */
  sentAt: Schema.optionalKey(Iso),
})
export type Progress = typeof Progress.Type

/** When Telegram last had a step's message. */
export const sentAtOf = ({ at, sentAt, took = 0 }: Pick<Progress, "at" | "sentAt" | "took">): Iso =>
  sentAt ?? plus(at, took)

/** A short exclusive hold on one person, so that whatever concerns them happens one thing at a time. */
export const Lock = Schema.Struct({
  token: Schema.String,
  event: EventId,
  until: Iso,
})

/**
 * Messages that were sent and not answered: each may have arrived. By the step's id, or for what is no step by the
 * event's: `event` was the last to send it, `times` how often, `since` when first. `givenUp`: no more of it is sent to
 * who asked for it before then.
 */
export const Unseen = Schema.Record(
  Schema.String,
  Schema.Struct({ event: EventId, times: Schema.Int, since: Iso, givenUp: Schema.optionalKey(Iso) }),
)
export type Unseen = typeof Unseen.Type

/** A person, as stored. Attributes are called as those before have them; the last block serves delivery. */
export const User = Schema.Struct({
  userId: UserId,
  telegramId: Schema.Int,
  username: Schema.optionalKey(Schema.String),
  firstName: Schema.optionalKey(Schema.String),
  lastName: Schema.optionalKey(Schema.String),
  /** What Telegram says; `language` is what the person chose. */
  languageCode: Schema.optionalKey(Schema.String),
  language: Schema.optionalKey(Schema.String),
  /** Where they stand, named for what they received last. What is due is decided from all that they received. */
  state: Schema.String,
  /** The steps they have received in this run, by id. */
  state_progress: Schema.Record(Schema.String, Progress),
  /** What they chose in this run: the choice's id by the question's. */
  answers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  finished_at: Schema.optionalKey(Iso),
  run: Schema.Int,
  version: Schema.Int,
  first_start_ts: Schema.optionalKey(Iso),
  last_start_ts: Schema.optionalKey(Iso),
  ...Attribution.fields,
  attributed_at: Schema.optionalKey(Iso),
  /** When they wrote what a hint answered last; Telegram's clock. */
  hinted_at: Schema.optionalKey(Iso),
  /** The latest /start that said anything, where it is not the one above: what it said, and when. */
  last_touch_at: Schema.optionalKey(Iso),
  last_link: Schema.optionalKey(Schema.String),
  last_click: Schema.optionalKey(Schema.String),
  last_ref_code: Schema.optionalKey(Schema.String),
  last_utm: Schema.optionalKey(Utm),
  blocked: Schema.Boolean,
  membership_at: Schema.optionalKey(Iso),
  createdAt: Iso,
  updatedAt: Iso,

  /** Version of the record's shape (`stored/shape.ts`), put there by each commit. */
  shape: Schema.optionalKey(Schema.Int),
  sessionId: SessionId,
  lock: Schema.optionalKey(Lock),
  /** Outcomes of the latest updates by event id: what a redelivery is recognised by. */
  recent: Schema.Record(Schema.String, Committed),
  /** Begins since the last commit that have not been released: all but the current one may have sent their message. */
  unresolved: Schema.Int,
  unseen: Schema.optionalKey(Unseen),
  /** All such begins that a commit has found: messages that the person may have got twice. */
  ambiguous: Schema.Int,
  /** The newest update whose profile was taken; Telegram's clock. */
  profile_at: Schema.optionalKey(Iso),
  /** Telegram asked us not to write to this chat before then. */
  not_before: Schema.optionalKey(Iso),
})
export type User = typeof User.Type

/** A person as the first begin creates them, already locked. */
export const newUser = (begin: {
  readonly userId: UserId
  readonly telegramId: number
  readonly sessionId: SessionId
  readonly now: Iso
  readonly lock: typeof Lock.Type
}): User => ({
  userId: begin.userId,
  telegramId: begin.telegramId,
  state: newState,
  state_progress: {},
  run: 1,
  version: 0,
  blocked: false,
  createdAt: begin.now,
  updatedAt: begin.now,
  sessionId: begin.sessionId,
  lock: begin.lock,
  recent: {},
  unresolved: 1,
  ambiguous: 0,
})

export const recentIds = ({ recent }: Pick<User, "recent">): ReadonlyArray<EventId> => Object.keys(recent).map(eventId)

/** Nothing has happened yet: neither /start nor a step. */
export const isUnknown = (user: User): boolean => user.version === 0 && user.first_start_ts === undefined
