import { h } from "../lib/dom.js"
import { words } from "../words/words.js"

/** @import { Visitor } from "../types.d.ts" */

/**
 * What a tab shows is a module of its own, loaded when somebody opens it for the first time.
 *
 * @typedef {{ visitor: Visitor, chatId: number }} Here
 * @typedef {{ element: HTMLElement, show?: () => void, hide?: () => void }} Panel
 * @typedef {{ id: string, title: string, load: () => Promise<{ panel: (here: Here) => Panel }> }} Tab
 */

/**
 * The panel that is there from the beginning, and those that come when they are asked for.
 *
 * @param {Here} here
 * @param {{ title: string, element: HTMLElement }} first
 * @param {ReadonlyArray<Tab>} tabs
 */
export const tabsView = (here, first, tabs) => {
  /** @type {Map<string, Promise<Panel>>} */
  const opened = new Map([["first", Promise.resolve({ element: first.element })]])
  const place = h("div", { class: "shown", id: "shown", role: "tabpanel", tabIndex: -1 }, first.element)
  let current = "first"

  /** @param {Tab["load"]} load */
  const made = async (load) => (await load()).panel(here)

  /** @param {string} id */
  const open = async (id) => {
    const before = opened.get(current)
    if (id !== current) before?.then(({ hide }) => hide?.())
    current = id
    for (const [index, button] of buttons.entries()) {
      const isCurrent = ids[index] === id
      button.setAttribute("aria-selected", String(isCurrent))
      button.tabIndex = isCurrent ? 0 : -1
      if (isCurrent) place.setAttribute("aria-labelledby", button.id)
    }
    const tab = tabs.find((one) => one.id === id)
    const coming = opened.get(id) ?? (tab === undefined ? undefined : made(tab.load))
    if (coming === undefined) return
    opened.set(id, coming)
    const { element, show } = await coming
    if (current !== id) return
    place.replaceChildren(element)
    show?.()
  }

  const ids = ["first", ...tabs.map(({ id }) => id)]
  const buttons = [first.title, ...tabs.map(({ title }) => title)].map((title, index) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${ids[index]}`,
        "aria-controls": "shown",
        onclick: () => open(ids[index] ?? ""),
      },
      title,
    ),
  )
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": words.tabs.label }, ...buttons)
  list.addEventListener("keydown", ({ key }) => {
    const at = ids.indexOf(current)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0 }[key]
    if (to === undefined) return
    const next = (to + ids.length) % ids.length
    buttons[next]?.focus()
    open(ids[next] ?? "")
  })
  open("first")
  return { list, place, open }
}
