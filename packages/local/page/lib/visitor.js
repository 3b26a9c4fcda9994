/** @import { Visitor } from "../types.d.ts" */

const key = "concierge.visitor"

/** Times are kept of so many updates; older ones only lose the bar that shows their wait. */
const remembered = 60

/** Ids as Telegram gives them to people: positive, and beyond the 32 bits that old programs expect. */
const newChatId = () => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return 5_000_000_000 + (high % 1000) * 1_000_000 + (low % 1_000_000)
}

/** @returns {Visitor} */
export const newVisitor = () => ({
  chatId: newChatId(),
  name: "",
  language: "en",
  blocked: false,
  forgottenBy: 0,
  sentAt: {},
})

/** @returns {Visitor | undefined} */
export const storedVisitor = () => {
  try {
    const visitor = JSON.parse(localStorage.getItem(key) ?? "null")
    return Number.isSafeInteger(visitor?.chatId) ? { ...newVisitor(), ...visitor } : undefined
  } catch {
    // Not ours, or storage is forbidden: the visitor is new then.
    return undefined
  }
}

/** @param {Visitor} visitor */
export const keep = (visitor) => {
  const latest = Object.entries(visitor.sentAt).slice(-remembered)
  visitor.sentAt = Object.fromEntries(latest)
  try {
    localStorage.setItem(key, JSON.stringify(visitor))
  } catch {
    // Storage is forbidden or full: the chat works all the same, until it is reloaded.
  }
}

export const forgetVisitor = () => {
  try {
    localStorage.removeItem(key)
  } catch {
    // As above.
  }
}
