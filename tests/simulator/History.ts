import type { User } from "@concierge/core/onboarding/User.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import type { Fault, Method, Point } from "./Faults.ts"

/** One begin of a person's lock and what came of it. */
export interface Attempt {
  readonly token: string
  readonly event: string
  readonly userId: string
  readonly invocation: number
  /** When its commit took effect, in milliseconds since 1970. */
  committedAt?: number
  /** Nobody was left to go on: killed, or ended by a fault. */
  cutShort: boolean
}

/** A change of a person's record that took effect. */
export interface Write {
  readonly at: number
  readonly method: Method
  /** Of the update that the caller was working. */
  readonly event: string
  readonly token: string
  readonly userId: string
  readonly before: User | undefined
  readonly after: User | undefined
}

/** A message that was on its way to Telegram. */
export interface Send {
  readonly attempt: Attempt | undefined
  readonly chatId: number
  readonly method: Method
  readonly from: number
  to: number
  accepted: boolean
  answer: "none" | "ok" | "limited" | "blocked" | "refused" | "unknown"
}

/** How one receive of a message ended. */
export interface Ending {
  readonly update: QueuedUpdate
  readonly how: "acknowledged" | "failed" | "killed"
  /** A fault of ours befell somebody in that invocation who it may have been about. */
  readonly isExcused: boolean
  readonly at: number
}

/** What happened, as the checker sees it: from outside of the code under test. */
export interface History {
  readonly attempts: Map<string, Attempt>
  readonly writes: Array<Write>
  readonly sends: Array<Send>
  readonly endings: Array<Ending>
  /** When an update came into a worker's hand, and in which invocation. */
  readonly received: Map<number, ReadonlyArray<{ readonly at: number; readonly invocation: number }>>
  /** When a tap ended another update, whose message it proves to have arrived. */
  readonly proven: Map<string, number>
  readonly injected: Map<Point, Fault>
  /** How often each method was called. */
  readonly called: Map<Method, number>
  readonly killedAt: Set<`${Method} ${"before" | "after"}`>
  /** Faults by whom they befell, `undefined` standing for all. */
  readonly faultsOf: Map<string | undefined, number>
  /** Update ids that had neither an outcome nor a place in the dead-letter queue when all was quiet. */
  readonly lost: Set<number>
  /** Update ids that a redrive without faults left in the dead-letter queue. */
  readonly stuck: Set<number>
  /** People of whom there was a record that nothing had come of, when all had ended; and the event it was made for. */
  readonly blanks: Map<string, string>
  /** What repeats did that came after everything had ended. */
  readonly lateEffects: Array<string>
  /** Cells of which a recount of the events gives another figure. */
  readonly recounted: Array<string>
  calls: number
  containers: number
  invocations: number
  readonly log: Array<string>
}

export const newHistory = (): History => ({
  attempts: new Map(),
  writes: [],
  sends: [],
  endings: [],
  received: new Map(),
  proven: new Map(),
  injected: new Map(),
  called: new Map(),
  killedAt: new Set(),
  faultsOf: new Map(),
  lost: new Set(),
  stuck: new Set(),
  blanks: new Map(),
  lateEffects: [],
  recounted: [],
  calls: 0,
  containers: 0,
  invocations: 0,
  log: [],
})
