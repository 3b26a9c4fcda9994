/** @import { Injection } from "./api.js" */

/** @param {Injection["fault"]} fault @param {string} [method] @returns {Injection} */
const once = (fault, method = "send*") => ({ method, times: 1, fault })

/** What Telegram does wrong with the next message. @type {Readonly<Record<string, Injection>>} */
export const ofTelegram = {
  limited: once({ _tag: "Refuse", status: 429, description: "Too Many Requests: retry after 3", retryAfter: 3 }),
  trouble: once({ _tag: "Refuse", status: 500, description: "Internal Server Error" }),
  proxy: once({ _tag: "Page", status: 502 }),
  cut: once({ _tag: "CutAfter" }),
  slow: once({ _tag: "Slow", millis: 11_000 }),
}

/** The worker dies when Telegram has the message and nobody knows of it yet. */
export const kill = once({ _tag: "Kill" })

/** So that the file is asked for again: Telegram says that it has it no more. */
export const forgetsFile = once(
  { _tag: "Refuse", status: 400, description: "Bad Request: wrong file identifier/HTTP URL specified" },
  "sendVideo",
)

/** What of the machine can be out. */
export const parts = /** @type {const} */ (["speech", "media", "queue", "tables"])

/** Of the whole bot: one message in four seconds, and a refusal silences it. */
export const botLimit = { perSecond: 0.25, burst: 1, model: "call", retryAfter: 4 }
