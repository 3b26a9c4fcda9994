import { read } from "../lib/api.js"
import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { once } from "../lib/once.js"
import { styled } from "../lib/styled.js"
import { breakdown, cameBy, steps, times } from "./charts.js"

/** @import { Panel } from "../tabs/tabs.js" */

const { funnel: words } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))

/** Milliseconds between two looks. */
const often = 1_500

/** The funnel as it stands, and a button that gives it something to count. @returns {Panel} */
export const panel = () => {
  styled("style/panels.css")
  styled("style/campaigns.css")
  const by = h(
    "select",
    { onchange: () => look() },
    ...Object.entries(words.dimensions).map(([value, name]) => h("option", { value }, name)),
  )
  const standing = h("span", { role: "status" })
  const button = h(
    "button",
    {
      type: "button",
      class: "arm",
      onclick: async () => {
        await fetch("/sandbox/visitors", { method: "POST" })
        await look()
      },
    },
    words.visitors,
  )
  const body = h("div", { class: "figures" })

  let before = ""
  const look = once(async () => {
    const [report, { gone, of }] = await Promise.all([
      read(`/sandbox/funnel?by=${by.value}`),
      read("/sandbox/visitors"),
    ])
    button.disabled = gone < of
    standing.replaceChildren(
      gone < of ? words.underway.replace("{gone}", String(gone)).replace("{of}", String(of)) : "",
    )
    const now = JSON.stringify(report)
    if (now === before) return
    before = now
    body.replaceChildren(
      ...(report.total.starts.people === 0
        ? [h("p", { class: "note" }, words.none)]
        : [steps(report, words), breakdown(report, words), times(report, words), cameBy(report, words)]),
    )
  })

  let timer = 0
  const see = () => document.visibilityState === "visible" && look().catch(() => undefined)
  return {
    element: h(
      "div",
      { class: "campaigns" },
      h(
        "section",
        { class: "panel" },
        h("h3", {}, words.title),
        h("p", { class: "note" }, words.visitorsHint),
        h("p", { class: "standing" }, button, standing),
        h("label", { class: "by" }, `${words.by} `, by),
      ),
      body,
    ),
    show: () => {
      see()
      timer = setInterval(see, often)
    },
    hide: () => clearInterval(timer),
  }
}
