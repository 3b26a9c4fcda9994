import { read } from "../lib/api.js"
import { brand } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { styled } from "../lib/styled.js"
import { payloadBox } from "./payload.js"

/** @import { Panel } from "../tabs/tabs.js" */

const { links: words } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))

/** @param {string} payload */
const address = (payload) => `https://t.me/${brand.bot.username}?start=${payload}`

/** Makes stored links, and says what the bot makes of any payload. @returns {Panel} */
export const panel = () => {
  styled("style/panels.css")
  styled("style/campaigns.css")
  const said = h("output", { class: "made" })
  const list = h("tbody")
  const none = h("p", { class: "note" }, words.none)
  const { columns } = words
  const heads = [columns.name, columns.state, columns.campaign, columns.link]
  const rows = h(
    "div",
    { class: "rows", tabIndex: 0, role: "region", "aria-label": words.all },
    h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))), list),
  )
  const box = payloadBox(words)

  const look = async () => {
    const all = await read("/sandbox/links")
    none.hidden = all.length > 0
    rows.hidden = all.length === 0
    list.replaceChildren(
      ...all.map((/** @type {any} */ { name, payload, state, utm = {} }) =>
        h(
          "tr",
          {},
          h("td", {}, name),
          h("td", {}, words.states[/** @type {keyof typeof words.states} */ (state)]),
          h("td", {}, utm.campaign ?? ""),
          h("td", {}, h("button", { type: "button", class: "payload", onclick: () => box.show(payload) }, payload)),
        ),
      ),
    )
  }

  const form = h(
    "form",
    { class: "make" },
    ...Object.entries(words.fields).map(([name, label]) =>
      h(
        "label",
        {},
        h("span", {}, label),
        h("input", { name, type: name === "until" ? "date" : "text", required: name === "name", maxLength: 100 }),
      ),
    ),
    h("button", { type: "submit", class: "arm" }, words.create),
  )
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""))
    const headers = { "content-type": "application/json" }
    const response = await fetch("/sandbox/links", { method: "POST", headers, body: JSON.stringify(fields) })
    const { error, payload } = await response.json()
    said.replaceChildren(response.ok ? `${words.made} ${address(payload)}` : `${words.wrong} ${error}`)
    if (!response.ok) return
    form.reset()
    box.show(payload)
    await look()
  })
  return {
    element: h(
      "div",
      { class: "campaigns" },
      box.element,
      h("section", { class: "panel" }, h("h3", {}, words.title), form, said),
      h("section", { class: "panel" }, h("h3", {}, words.all), none, rows),
    ),
    show: () => void look().catch(() => undefined),
  }
}
