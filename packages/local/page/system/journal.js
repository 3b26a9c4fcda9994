/** @import { Entry, Update } from "../types.d.ts" */

/** @param {Entry} entry */
const keyOf = ({ at, millis, updateId, what }) => `${updateId} ${what} ${at} ${millis}`

/** The updates that the journal tells of. */
export const journal = () => {
  /** @type {Map<number, Update>} */
  const updates = new Map()
  /** After a lost connection everything is told once more. @type {Set<string>} */
  const seen = new Set()

  /** @param {number} id @returns {Update} */
  const update = (id) => {
    const known = updates.get(id)
    if (known !== undefined) return known
    const fresh = { id, entries: [], ended: false, failed: false }
    updates.set(id, fresh)
    return fresh
  }

  return {
    updates,
    update,
    /** @param {Entry} entry @returns {Update | undefined} Undefined: told before. */
    add: (entry) => {
      const key = keyOf(entry)
      if (seen.has(key)) return undefined
      seen.add(key)
      const changed = update(entry.updateId)
      changed.entries.push(entry)
      // What begins anew has not ended: an update that was put off comes again.
      changed.ended = entry.what === "processUpdate"
      changed.failed = changed.ended && !entry.ok
      return changed
    },
  }
}

/**
 * @typedef {object} Step
 * @property {string} key
 * @property {string} what
 * @property {number} from Part of the whole at which it begins, 0 to 1.
 * @property {number} part
 * @property {number} millis
 * @property {boolean} ok
 * @property {string | undefined} detail
 */

/** Their work shows in the steps within them. */
const wrappers = new Set([
  "processUpdate",
  "sendVideo",
  "sendVoice",
  "prove",
  "forget",
  "Greetings.audio",
  "MediaLinks.to",
])

/** The steps in the order in which they began, placed on one line of time. @param {Update} update */
export const stepsOf = ({ entries, sentAt }) => {
  const spans = entries.map((entry) => ({ ...entry, start: Date.parse(entry.at), key: keyOf(entry) }))
  const first = Math.min(...spans.map(({ start }) => start))
  if (sentAt !== undefined && sentAt <= first) {
    spans.push({
      updateId: 0,
      chat: "",
      at: "",
      what: "queued",
      millis: first - sentAt,
      ok: true,
      start: sentAt,
      key: "queued",
    })
  }
  const begin = Math.min(...spans.map(({ start }) => start))
  const total = Math.max(...spans.map(({ millis, start }) => start + millis - begin), 0.1)
  /** @type {Array<Step>} */
  const steps = spans
    .filter(({ what }) => !wrappers.has(what))
    .toSorted((one, other) => one.start - other.start)
    .map(({ detail, key, millis, ok, start, what }) => ({
      key,
      what,
      from: Math.min(1, (start - begin) / total),
      part: millis / total,
      millis,
      ok,
      detail,
    }))
  return { steps, total }
}
