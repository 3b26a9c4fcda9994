import { h } from "../lib/dom.js"

/** @typedef {{ label: string, run: () => Promise<unknown> }} Action */
/** @typedef {{ id: string, cells: ReadonlyArray<string | number>, action?: Action | undefined }} Row */

/** Rows that come, change and go. @param {string} title @param {ReadonlyArray<string>} columns @param {string} nothing */
export const table = (title, columns, nothing) => {
  const count = h("span", { class: "count" })
  const body = h("tbody")
  const none = h("p", { class: "note" }, nothing)
  const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)), h("td"))
  const rows = h("table", {}, h("thead", {}, head), body)
  const scroller = h("div", { class: "rows", tabIndex: 0, role: "region", "aria-label": title }, rows)
  /** @type {Map<string, { row: HTMLTableRowElement, text: string }>} */
  const shown = new Map()

  /** @param {Row} row */
  const made = ({ action, cells, id }) => {
    const button =
      action &&
      h(
        "button",
        { type: "button", class: "arm", "aria-label": `${action.label}: ${cells[0]}`, onclick: action.run },
        action.label,
      )
    return h("tr", { "data-id": id }, ...cells.map((cell) => h("td", {}, String(cell))), h("td", {}, button))
  }

  return {
    element: h("section", { class: "panel" }, h("h3", {}, title, " ", count), none, scroller),
    /** @param {ReadonlyArray<Row>} all */
    show: (all) => {
      count.replaceChildren(String(all.length))
      none.hidden = all.length > 0
      scroller.hidden = all.length === 0
      for (const [id, { row }] of shown) {
        if (all.some((one) => one.id === id)) continue
        row.remove()
        shown.delete(id)
      }
      for (const [index, one] of all.entries()) {
        const text = JSON.stringify(one)
        const before = shown.get(one.id)
        if (before?.text !== text) {
          const row = made(one)
          const hadFocus = before?.row.contains(document.activeElement)
          before?.row.remove()
          body.insertBefore(row, body.children[index] ?? null)
          // Who uses a keyboard stays where they are, though the seconds count down beside them.
          if (hadFocus) row.querySelector("button")?.focus()
          shown.set(one.id, { row, text })
        } else if (body.children[index] !== before.row) body.insertBefore(before.row, body.children[index] ?? null)
      }
    },
  }
}
