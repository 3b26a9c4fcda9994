import { h } from "../lib/dom.js"
import { words } from "../words/words.js"
import { real } from "./words.js"

const clock = new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" })

/** So many are kept on the page; the one that was quiet longest goes first. */
export const mostChats = 200

/** Whoever wrote lately, the latest first. @param {(chat: string) => void} onChoose */
export const chatList = (onChoose) => {
  const none = h("p", { class: "note" }, real.nobody)
  const list = h("ul", { class: "chats" })
  /** @type {Map<string, { row: HTMLLIElement, button: HTMLButtonElement, state: HTMLElement, when: HTMLElement }>} */
  const rows = new Map()

  /** @param {string} chat */
  const rowOf = (chat) => {
    const known = rows.get(chat)
    if (known !== undefined) return known
    const [state, when] = [h("small"), h("small")]
    const button = h(
      "button",
      { type: "button", class: "quiet", "aria-pressed": "false" },
      h("code", {}, chat),
      when,
      state,
    )
    button.addEventListener("click", () => {
      for (const other of rows.values()) other.button.setAttribute("aria-pressed", String(other.button === button))
      onChoose(chat)
    })
    const made = { row: h("li", {}, button), button, state, when }
    rows.set(chat, made)
    return made
  }

  return {
    element: h("section", { class: "panel" }, h("h3", {}, real.people), none, list),
    /** @param {string} chat @param {string} at */
    wrote: (chat, at) => {
      none.remove()
      const { row, when } = rowOf(chat)
      when.replaceChildren(clock.format(Date.parse(at)))
      // Moved only if it must be: an element that is put in anew loses the focus.
      if (list.firstElementChild !== row && !row.contains(document.activeElement)) list.prepend(row)
      for (const [quiet, { row }] of rows) {
        if (rows.size <= mostChats) break
        row.remove()
        rows.delete(quiet)
      }
    },
    /** @param {string} chat @param {string} text */
    is: (chat, text) => rowOf(chat).state.replaceChildren(text),
  }
}
