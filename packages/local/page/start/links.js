import { words } from "../words/words.js"

export const botUsername = "concierge_demo_bot"

/** @param {string} text */
const base64url = (text) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")

const token = "ref_tiktok|tiktok|video|launch|7f3k|1795215600"
const query = "utm_source=newsletter&utm_campaign=spring"

/** One campaign link of each form that the bot understands, one that it does not, and none. Telegram passes on 64 characters. */
export const links = [
  { id: "code", ...words.links.code, payload: "ref_summer24", stands: undefined },
  { id: "token", ...words.links.token, payload: base64url(token), stands: token },
  { id: "query", ...words.links.query, payload: base64url(query), stands: query },
  { id: "gone", ...words.links.gone, payload: "l_oF3v0uX9_kq2ZbTd", stands: undefined },
  { id: "none", ...words.links.none, payload: "", stands: undefined },
]

/** @param {string} payload */
export const deepLink = (payload) => `t.me/${botUsername}${payload && `?start=${payload}`}`
