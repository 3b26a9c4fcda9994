/** @import { Visitor } from "../types.d.ts" */

const key = "concierge.people"

/** Times are kept of so many updates; older ones only lose the bar that shows their wait. */
const remembered = 60

/** Ids as Telegram gives them to people: positive, and beyond the 32 bits that old programs expect. */
const newChatId = () => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return 5_000_000_000 + (high % 1000) * 1_000_000 + (low % 1_000_000)
}

/** @returns {Visitor} */
const newVisitor = () => ({
  chatId: newChatId(),
  name: "",
  language: "en",
  blocked: false,
  forgottenBy: 0,
  sentAt: {},
})

/** @returns {{ people: Array<Visitor>, last?: number }} */
const stored = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}")
    const people = Array.isArray(kept.people) ? kept.people : []
    return { ...kept, people: people.filter((/** @type {Visitor} */ { chatId }) => Number.isSafeInteger(chatId)) }
  } catch {
    // Not ours, or storage is forbidden: the visitor is new then.
    return { people: [] }
  }
}

/** Everybody who sits at this browser. */
export const people = () => stored().people

const asked = new URLSearchParams(location.search)

/** The group whose chat is shown, as the address has it. */
export const group = Number(asked.get("group")) < 0 ? Number(asked.get("group")) : undefined

/** Who the address names; else who did something last; else somebody new. */
export const visitorHere = () => {
  const { last, people } = stored()
  const wanted = asked.get("as") ?? String(last)
  return people.find(({ chatId }) => String(chatId) === wanted) ?? newVisitor()
}

/** The group of all who sit at this browser. @param {number} chatId The first of them. */
export const groupOf = (chatId) => -1_000_000_000_000 - (chatId % 1_000_000_000) - 1

/** @param {Visitor} visitor */
export const keep = (visitor) => {
  const latest = Object.entries(visitor.sentAt).slice(-remembered)
  visitor.sentAt = Object.fromEntries(latest)
  const all = people()
  const at = all.findIndex(({ chatId }) => chatId === visitor.chatId)
  // Another tab may be another of them.
  all.splice(at === -1 ? all.length : at, 1, visitor)
  try {
    localStorage.setItem(key, JSON.stringify({ people: all, last: visitor.chatId }))
  } catch {
    // Storage is forbidden or full: the chat works all the same, until it is reloaded.
  }
}
