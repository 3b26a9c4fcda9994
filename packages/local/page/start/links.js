import { brand } from "../lib/brand.js"
import { start } from "./words.js"

/** What a packed payload says; undefined for one that is a plain code. @param {string} payload */
const unpacked = (payload) => {
  try {
    const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"))
    return /^[ -~]*[|=][ -~]*$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

const plain = [{ ...start.noLink, payload: "" }]

/** The brand's sample links, with what each says. */
export const links = (brand.links.length > 0 ? brand.links : plain).map((link, index) => ({
  ...link,
  id: String(index),
  stands: unpacked(link.payload),
}))

/** @param {string} payload */
export const deepLink = (payload) => `t.me/${brand.bot.username}${payload && `?start=${payload}`}`
