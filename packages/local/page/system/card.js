import { millisOf } from "../chat/time.js"
import { h, icon } from "../lib/dom.js"
import { reasons } from "../words/records.js"
import { words } from "../words/words.js"
import { stepsOf } from "./journal.js"

/** @import { Update } from "../types.d.ts" */

const { system } = words

/** With the words of all steps, for whoever opens a card. @type {typeof import("./step.js").stepRow | undefined} */
let stepRow

/** Loads them, once. Whoever does something has them first: the host may be dead a moment later. */
export const loadSteps = async () => {
  stepRow ??= (await import("./step.js")).stepRow
}

/** What the person did: as we did it, or as the event has it. @param {Update} update */
const titleOf = ({ act, event, id }) => {
  const membership = act && "membership" in act ? act.membership : event?.payload?.new_chat_member?.status
  const data = act && "callbackData" in act ? act.callbackData : event?.payload?.data
  const text = act && "text" in act ? act.text : event?.payload?.text
  if (membership !== undefined)
    return { picture: "block", text: membership === "kicked" ? system.blocked : system.unblocked }
  if (data !== undefined) return { picture: "tap", text: `${system.tapped} `, code: data }
  if (text?.startsWith("/")) return { picture: "message", text: "", code: text }
  return { picture: "message", text: text === undefined ? (event?.eventType ?? `${system.update} ${id}`) : `“${text}”` }
}

/** @param {Update} update */
const outcomeOf = ({ ended, event, failed }) => {
  if (event?.outcome !== undefined) return { tone: event.outcome.split(":")[0] ?? "", text: event.outcome }
  if (failed) return { tone: "failed", text: system.failed }
  return ended ? { tone: "parked", text: system.putOff } : { tone: "working", text: system.working }
}

/** All that is known of an update, as `concierge trace` prints it: asked for each time it is opened. @param {string} url */
const pathOf = (url) => {
  const path = h("pre", { tabIndex: 0 })
  const element = h("details", { class: "path" }, h("summary", {}, system.path), path)
  element.addEventListener("toggle", async () => {
    if (element.open) path.textContent = await fetch(url).then((answer) => answer.text(), String)
  })
  return element
}

/** One update, and all that was done for it. `from`: where the host tells of its path. @param {Update} update */
export const updateCard = (update, from = "/sandbox") => {
  const title = h("span", { class: "title" })
  const outcome = h("span", { class: "outcome" })
  const about = h("span", { class: "about" })
  const notes = h("div", { class: "notes" })
  const list = h("ol", { class: "steps" })
  const element = h(
    "details",
    { class: "update" },
    h("summary", {}, title, outcome, about),
    notes,
    list,
    pathOf(`${from}/events/${update.id}/trace`),
  )
  /** @type {Map<string, ReturnType<NonNullable<typeof stepRow>>>} */
  const rows = new Map()
  /** @type {string | undefined} */
  let reached

  const show = () => {
    const { code, picture, text } = titleOf(update)
    title.replaceChildren(icon(picture), h("span", {}, text, code !== undefined && h("code", {}, code)))
    const end = outcomeOf(update)
    outcome.replaceChildren(end.text)
    outcome.dataset.tone = end.tone
    const { steps, total } = stepsOf(update)
    about.replaceChildren(
      `${system.update} ${update.id}`,
      steps.length > 0 ? ` · ${millisOf(total)}` : "",
      ...(reached === undefined ? [] : [` · ${system.reached} `, h("b", {}, reached)]),
    )
    const reason = reasons[end.text.replace("ignored: ", "")]
    notes.replaceChildren(
      ...[
        reason,
        update.event?.degraded === true ? system.degraded : undefined,
        steps.length === 0 && update.event !== undefined ? system.older : undefined,
      ].flatMap((note) => (note === undefined ? [] : [h("p", {}, note)])),
    )
    for (const [index, step] of steps.entries()) {
      const row = rows.get(step.key) ?? stepRow?.(step)
      if (row === undefined) break
      rows.set(step.key, row)
      row.show(step)
      // Moved only if it must be: put in anew it loses the focus.
      if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null)
    }
  }
  show()
  element.addEventListener(
    "toggle",
    async () => {
      await loadSteps()
      show()
    },
    { once: true },
  )
  return {
    element,
    show,
    /** @param {string | undefined} state */
    showReached: (state) => {
      reached = state
      show()
    },
  }
}
