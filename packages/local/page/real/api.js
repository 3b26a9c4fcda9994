import { read } from "../lib/api.js"

/** @import { Place, Standing, Stats, StoredEvent, User } from "../types.d.ts" */

let names = false

/** Whether people's names and words are asked for. @param {boolean} wanted */
export const showNames = (wanted) => {
  names = wanted
}

/** @param {string} path @returns {Promise<any>} */
const real = (path) => read(`/real/${path}${names ? "?names=1" : ""}`)

/** @returns {Promise<Standing | undefined>} Undefined: there is no real bot. */
export const readStanding = () => real("standing")

/** @returns {Promise<Stats>} */
export const readStats = () => real("stats")

/** @param {string} chat @returns {Promise<User | undefined>} */
export const readUser = (chat) => real(`users/telegram_${chat}`)

/** @param {string} chat @returns {Promise<ReadonlyArray<Place>>} */
export const readWay = (chat) => real(`users/telegram_${chat}/way`)

/** @param {number} updateId @returns {Promise<StoredEvent | undefined>} */
export const readEvent = (updateId) => real(`events/${updateId}`)
