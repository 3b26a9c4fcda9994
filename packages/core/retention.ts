/** How long things are kept, in days: the infrastructure, what /forgetme promises and the tombstones read them here. */
export const retention = {
  /** Outlasts a long weekend's outage of the worker. */
  queue: 4,
  /** SQS's maximum: a fortnight to notice, mend and redrive. */
  deadLetters: 14,
  /** As long as dead letters live, so that a dead letter's log can still be read. */
  logs: 14,
  /** DynamoDB's point-in-time recovery. */
  backups: 35,
  /** Queue, dead letters and a day: how long an update can still come. Events outlive it, and so does a tombstone. */
  lastUpdate: 19,
  /** A day more than a tombstone lives: a release takes minutes, in which the version before still writes under the key before. */
  formerTombstoneKey: 20,
  /** A quarter's campaigns stay visible in the audit trail. */
  events: 90,
  /** Ten years: more is a slip of the keyboard. */
  eventsMost: 3_650,
  /** The voice saying a first name, kept once for everybody who has it. */
  greetings: 365,
} as const

/** What of a person who asked to be forgotten is still held, and for how many days: what they are told is made of these. */
export const kept = {
  logs: retention.logs,
  deadLetters: retention.deadLetters,
  backups: retention.backups,
  /** The hash that makes updates queued before the deletion be ignored. */
  tombstone: retention.lastUpdate,
  greetings: retention.greetings,
} as const

export type Kept = Readonly<Record<keyof typeof kept, number>>
