import type { Unlocked } from "../onboarding/commit.ts"
import type { Iso } from "../Time.ts"
import type { Invocation } from "./Invocation.ts"

/** Whom a message is for, and what is to be told beside it. */
export interface Recipient {
  readonly user: Unlocked
  readonly chatId: number
  readonly invocation: Invocation
  readonly now: Iso
  /** HTML that goes before the message's own; empty when there is nothing to add. */
  readonly notice: string
}
