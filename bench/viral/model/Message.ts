import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { epoch } from "./virtualTime.ts"

/** What a person asked for, on its way through the queue. `asked` in milliseconds of the campaign. */
export interface Message {
  readonly person: number
  readonly step: number
  readonly asked: number
  readonly attempt: number
}

/** As the delivery sees it. */
export const updateOf = ({ asked, attempt, person, step }: Message): QueuedUpdate => ({
  body: "",
  group: String(person),
  attributes: {
    updateId: person,
    kind: step > 0 ? "callback_query" : "message",
    receivedAt: toIso(epoch + asked),
    correlationId: "",
    attempt,
  },
})
