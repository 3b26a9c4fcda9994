import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import type { Iso } from "../Time.ts"

/** Which of the dead letters, or of the parked updates; what is left out is any. */
export interface Wanted {
  readonly reason?: string | undefined
  readonly kind?: string | undefined
  /** Of the private chat: the person's id with Telegram. */
  readonly user?: string | undefined
  /** Received before. */
  readonly before?: Iso | undefined
  /** Received then or later. */
  readonly after?: Iso | undefined
  readonly updateId?: number | undefined
}

export interface Candidate extends Pick<QueuedUpdate["attributes"], "kind" | "receivedAt" | "updateId"> {
  readonly reason: string
  readonly group: string
}

export const isWanted = ({ after, before, kind, reason, updateId, user }: Wanted, candidate: Candidate): boolean =>
  (reason === undefined || candidate.reason === reason) &&
  (kind === undefined || candidate.kind === kind) &&
  (user === undefined || candidate.group === user) &&
  (updateId === undefined || candidate.updateId === updateId) &&
  (before === undefined || candidate.receivedAt < before) &&
  (after === undefined || candidate.receivedAt >= after)
