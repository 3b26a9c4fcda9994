import { h } from "../lib/dom.js"
import { counters } from "../words/records.js"
import { words } from "../words/words.js"

/** @import { Stats } from "../types.d.ts" */

const { system } = words

/** The counters of the whole host, everybody's updates together. */
export const statsView = () => {
  const values = counters.map(({ name, title }) => ({ name, title, value: h("dd", {}, "–") }))
  const element = h(
    "section",
    { class: "panel counters" },
    h("h3", {}, system.counters),
    h(
      "dl",
      { class: "numbers" },
      ...values.map(({ name, title, value }) => h("div", { "data-name": name }, h("dt", {}, title), value)),
    ),
    h(
      "details",
      { class: "explain" },
      h("summary", {}, system.explain),
      h("dl", {}, ...counters.flatMap(({ hint, title }) => [h("dt", {}, title), h("dd", {}, hint)])),
    ),
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
