import { language } from "../lib/language.js"

/** @import { Place } from "../types.d.ts" */

/** Names in the stored records, explained. */
export const { counters, failures, reasons, standings, states } = await (language === "es"
  ? import("./es/records.js")
  : import("./en/records.js"))

/** A state, after the step that leads to it. @param {Place} place */
export const titleOf = ({ id, kind }) => {
  if (id === undefined) return states.first
  return kind === "finish" ? states.last : `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("_", " ")}`
}

/** Why a step failed, by the name of the reason and the number that goes with it. @param {string | undefined} detail */
export const failureOf = (detail = "") => {
  const [name = "", number = ""] = detail.split(" ")
  return failures[name]?.replace("{n}", number) ?? detail
}
