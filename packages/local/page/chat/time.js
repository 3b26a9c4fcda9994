import { words } from "../words/words.js"

const clock = new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit" })
const day = new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "long" })

/** @param {number} seconds since 1970 */
export const clockTime = (seconds) => clock.format(seconds * 1000)

/** @param {number} seconds since 1970 */
export const dayOf = (seconds) => {
  const name = day.format(seconds * 1000)
  return name === day.format(Date.now()) ? words.chat.today : name
}

/** `0:07`. @param {number | undefined} seconds */
export const lengthOf = (seconds) => {
  const whole = seconds !== undefined && Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

/** A duration as people read it: tenths of a millisecond matter only where there are few. @param {number} millis */
export const millisOf = (millis) =>
  millis >= 1000
    ? `${(millis / 1000).toFixed(2)} s`
    : millis >= 10
      ? `${Math.round(millis)} ms`
      : `${millis.toFixed(1)} ms`
