import { readTaps } from "../lib/api.js"

/** @import { Tap } from "../types.d.ts" */

/** As long as Telegram's own apps let a button spin. */
const patience = 15_000

/** The taps that wait for the bot. @param {{ chatId: number, onAnswer: (tap: Tap) => void, onSilence: () => void }} options */
export const pendingTaps = ({ chatId, onAnswer, onSilence }) => {
  /** Taps that belong to nobody here: older ones, or another tab's. @type {Set<string>} */
  const known = new Set()
  /** @type {Array<{ data: string, done: () => void }>} */
  const waiting = []

  const ready = readTaps(chatId).then(
    (taps) => {
      for (const { id } of taps) known.add(id)
    },
    // The host is away. At worst an old answer then ends the first wait too early.
    () => undefined,
  )

  return {
    /** To be called when something may have been answered. */
    check: async () => {
      if (waiting.length === 0) return
      await ready
      for (const tap of await readTaps(chatId)) {
        if (known.has(tap.id) || tap.answer === undefined) continue
        known.add(tap.id)
        const index = waiting.findIndex(({ data }) => data === tap.data)
        if (index === -1) continue
        waiting.splice(index, 1)[0]?.done()
        onAnswer(tap)
      }
    },
    /** Settles when the tap was answered, or will not be. @param {string} data @param {Promise<unknown>} sent */
    wait: async (data, sent) => {
      await ready
      await new Promise((resolve) => {
        const entry = { data, done: () => resolve(undefined) }
        const give = () => {
          const index = waiting.indexOf(entry)
          if (index !== -1) waiting.splice(index, 1)
          resolve(undefined)
          return index !== -1
        }
        waiting.push(entry)
        sent.catch(give)
        setTimeout(() => give() && onSilence(), patience)
      })
    },
  }
}
