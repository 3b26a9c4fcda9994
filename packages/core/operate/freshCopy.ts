import type { QueuedUpdate } from "../services/UpdateQueue.ts"

/** The update with all its chances before it: what it waited for earlier counts no more. Received when it was. */
export const freshCopy = ({ attributes, ...update }: QueuedUpdate): QueuedUpdate => {
  const { deferredAt: _since, notBefore: _until, ...rest } = attributes
  return { ...update, attributes: { ...rest, attempt: 0 } }
}
