import { language } from "../lib/language.js"

/** @import { Place } from "../types.d.ts" */

/** Names in the stored records, explained. */
export const { counters, reasons, standings, states } = await (language === "es"
  ? import("./es/records.js")
  : import("./en/records.js"))

/** A state, after the step that leads to it. @param {Place} place */
export const titleOf = ({ id, kind }) => {
  if (id === undefined) return states.first
  return kind === "finish" ? states.last : `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("_", " ")}`
}
