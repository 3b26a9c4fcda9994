import { read } from "../lib/api.js"

/** @param {string} path @param {unknown} [body] @param {string} [method] */
const ask = async (path, body, method = "POST") => {
  const headers = { "content-type": "application/json" }
  const response = await fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
}

/** @typedef {{ method: string, times: number, fault: Readonly<Record<string, unknown>> }} Injection */

/** @returns {Promise<{ faults: ReadonlyArray<Injection>, canKill: boolean }>} */
export const readFaults = () => read("/sandbox/faults")

/** @returns {Promise<{ out: ReadonlyArray<string> } | undefined>} Undefined: nothing can be taken away here. */
export const readOutages = () => read("/sandbox/outages")

/** @param {Injection} injection */
export const inject = (injection) => ask("/sandbox/faults", injection)

export const clearFaults = () => ask("/sandbox/faults", undefined, "DELETE")

/** @param {string} part @param {boolean} isOut */
export const setOut = (part, isOut) => ask("/sandbox/outages", { part, isOut })

/** @param {object} limits */
export const setLimits = (limits) => ask("/sandbox/limits", limits)

/** An update of which nobody can make sense. @param {number} chatId */
export const sendGarbled = (chatId) =>
  ask("/sandbox/updates", { chatId, kind: "message", payload: { chat: "new", from: { id: chatId } } })

/** Nobody answers where host and worker are one process: they are dead. */
export const killNow = () => ask("/sandbox/kill").catch(() => undefined)
