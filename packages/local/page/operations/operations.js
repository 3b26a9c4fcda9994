import { read } from "../lib/api.js"
import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { once } from "../lib/once.js"
import { styled } from "../lib/styled.js"
import { words as page } from "../words/words.js"
import { table } from "./table.js"

/** @import { Here, Panel } from "../tabs/tabs.js" */

const { operations: words } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))
const clock = new Intl.DateTimeFormat(page.locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" })

/** Milliseconds between two looks. */
const often = 1_000

/** @param {string | number} at */
const time = (at) => clock.format(typeof at === "number" ? at : Date.parse(at))

/** @param {string} path */
const order = (path) => fetch(path, { method: "POST" })

/** What an operator sees, as it is now. @param {Here} here @returns {Panel} */
export const panel = ({ visitor: { chatId } }) => {
  styled("style/panels.css")
  const { columns } = words
  const queue = table(words.queue, [columns.update, columns.chat, columns.kind, columns.is], words.empty.queue)
  const dead = table(words.dead, [columns.update, columns.chat, columns.kind], words.empty.dead)
  const parked = table(words.parked, [columns.update, columns.kind, columns.at], words.empty.parked)
  const sessions = table(words.sessions, [columns.at, columns.until, columns.state], words.empty.sessions)
  const events = table(words.events, [columns.at, columns.update, columns.kind, columns.outcome], words.empty.events)

  /** @param {{ is: "waiting" | "delayed" | "in hand", visibleAt: number, attributes: { attempt: number } }} row */
  const standing = ({ attributes: { attempt }, is, visibleAt }) => {
    const seconds = Math.max(0, Math.ceil((visibleAt - Date.now()) / 1000))
    const copy = attempt > 0 ? ` · ${words.copy.replace("{n}", String(attempt))}` : ""
    return `${words.is[is]}${is === "waiting" ? "" : ` ${time(visibleAt)} (${seconds} s)`}${copy}`
  }

  const look = once(async () => {
    const paths = ["queue", "dead", "parked", `users/telegram_${chatId}/sessions`, `users/telegram_${chatId}/events`]
    const [waiting, letters, aside, runs, happened] = await Promise.all(paths.map((path) => read(`/sandbox/${path}`)))
    queue.show(
      (waiting ?? []).map((/** @type {any} */ row) => ({
        id: row.id,
        cells: [row.attributes.updateId, row.chat, row.attributes.kind, standing(row)],
        action:
          row.is === "waiting" ? undefined : { label: words.hurry, run: () => order(`/sandbox/queue/${row.id}/now`) },
      })),
    )
    dead.show(
      (letters ?? []).map((/** @type {any} */ { attributes, chat, id }) => ({
        id,
        cells: [attributes.updateId, chat, attributes.kind],
        action: { label: words.redrive, run: () => order(`/sandbox/dead/${id}/redrive`) },
      })),
    )
    parked.show(
      (aside?.updates ?? []).map((/** @type {any} */ { eventId, kind, parkedAt }) => ({
        id: eventId,
        cells: [eventId.split(":")[1], kind, time(parkedAt)],
        action: { label: words.redrive, run: () => order(`/sandbox/parked/${encodeURIComponent(eventId)}/redrive`) },
      })),
    )
    sessions.show(
      (runs ?? []).map((/** @type {any} */ { createdAt, sessionId, state, updatedAt }) => ({
        id: sessionId,
        cells: [time(createdAt), time(updatedAt), state],
      })),
    )
    events.show(
      (happened ?? []).map((/** @type {any} */ { deliveries, eventId, eventType, outcome, timestamp }) => ({
        id: eventId,
        cells: [
          time(timestamp),
          eventId.split(":")[1],
          eventType,
          `${outcome ?? words.open}${deliveries > 1 ? ` (×${deliveries})` : ""}`,
        ],
      })),
    )
  })

  let timer = 0
  const see = () => document.visibilityState === "visible" && look().catch(() => undefined)
  return {
    element: h(
      "div",
      { class: "operations" },
      ...[queue, dead, parked, sessions, events].map(({ element }) => element),
    ),
    show: () => {
      see()
      timer = setInterval(see, often)
    },
    hide: () => clearInterval(timer),
  }
}
