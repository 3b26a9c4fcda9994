/** @import { Act, Brand, Entry, Message, Place, Stats, StoredEvent, Tap, User, Visitor } from "../types.d.ts" */

/** @param {string} path @returns {Promise<any>} Undefined: there is no such thing. */
export const read = async (path) => {
  const response = await fetch(path, { headers: { accept: "application/json" } })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

/** @returns {Promise<Brand>} */
export const readBrand = () => read("/sandbox/brand")

/** The whole conversation, oldest first. @param {number} chatId @returns {Promise<ReadonlyArray<Message>>} */
export const readHistory = (chatId) => read(`/sandbox/chats/${chatId}/history`)

/** @param {number} chatId @returns {Promise<ReadonlyArray<Tap>>} */
export const readTaps = (chatId) => read(`/sandbox/chats/${chatId}/taps`)

/** @param {number} chatId @returns {Promise<User | undefined>} */
export const readUser = (chatId) => read(`/sandbox/users/telegram_${chatId}`)

/** The states of the flow, as they are to this person. @param {number} chatId @returns {Promise<ReadonlyArray<Place>>} */
export const readWay = (chatId) => read(`/sandbox/users/telegram_${chatId}/way`)

/** @param {number} updateId @returns {Promise<StoredEvent | undefined>} */
export const readEvent = (updateId) => read(`/sandbox/events/${updateId}`)

/** @returns {Promise<Stats>} */
export const readStats = () => read("/sandbox/stats")

/** @param {{ readonly file_id: string }} file */
export const fileUrl = ({ file_id }) => `/sandbox/files/${encodeURIComponent(file_id)}`

/**
 * Does something as the visitor, in their own chat or in a group.
 *
 * @param {Visitor} visitor @param {number} chatId @param {Act} act @returns {Promise<number>} the update's id
 */
export const send = async ({ chatId: fromId, language, name }, chatId, act) => {
  const response = await fetch("/sandbox/send", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chatId, fromId, from: { first_name: name, language_code: language }, ...act }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer.updateId
}

/** Nobody is told of it. @param {number} chatId @param {number} messageId */
export const removeMessage = (chatId, messageId) =>
  fetch(`/sandbox/chats/${chatId}/messages/${messageId}`, { method: "DELETE" })

/**
 * What the system does for a chat, from the first entry it remembers. The browser connects again by itself, and is then
 * told everything from the beginning once more.
 *
 * @param {number} chatId
 * @param {{ onEntry: (entry: Entry) => void, onConnection: (connected: boolean) => void }} listeners
 */
export const watchJournal = (chatId, { onConnection, onEntry }) => {
  const source = new EventSource(`/sandbox/journal/${chatId}`)
  source.onopen = () => onConnection(true)
  source.onerror = () => onConnection(false)
  source.onmessage = ({ data }) => onEntry(JSON.parse(data))
}
