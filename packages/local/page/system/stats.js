import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { counters } from "../words/records.js"
import { words } from "../words/words.js"

/** @import { Stats } from "../types.d.ts" */

const { system } = words

/** In the order in which an update comes to them. */
const names = /** @type {const} */ (["accepted", "applied", "ignored", "parked", "dead", "queued", "sent"])

/** The counters of the whole host, everybody's updates together. */
export const statsView = () => {
  const values = names.map((name) => ({ name, value: h("dd", {}, "–") }))
  const hints = h("dl")
  const explain = h("details", { class: "explain" }, h("summary", {}, system.explain), hints)
  explain.addEventListener(
    "toggle",
    async () => {
      const { counted } = await (language === "es"
        ? import("../words/es/counters.js")
        : import("../words/en/counters.js"))
      hints.append(...names.flatMap((name) => [h("dt", {}, counters[name]), h("dd", {}, counted[name])]))
    },
    { once: true },
  )
  const element = h(
    "section",
    { class: "panel counters" },
    h("h3", {}, system.counters),
    h(
      "dl",
      { class: "numbers" },
      ...values.map(({ name, value }) => h("div", { "data-name": name }, h("dt", {}, counters[name]), value)),
    ),
    explain,
  )
  return {
    element,
    /** @param {Stats} stats */
    show: (stats) => {
      for (const { name, value } of values) {
        const text = String(stats[name] ?? 0)
        if (value.textContent !== text) value.replaceChildren(text)
      }
    },
  }
}
