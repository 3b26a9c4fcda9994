import { read } from "../lib/api.js"
import { h } from "../lib/dom.js"

/** @typedef {typeof import("./words.en.js").links} Words */

/** Where a payload is typed, its length counted, and what the bot would understand of it said. @param {Words} words */
export const payloadBox = (words) => {
  const input = h("input", { type: "text", autocomplete: "off", spellcheck: false, "aria-label": words.payload })
  const count = h("span", { class: "length" })
  const answer = h("output", { class: "understood" })

  const explain = async () => {
    const payload = input.value
    const found = await read(`/sandbox/links/understood?payload=${encodeURIComponent(payload)}`)
    if (payload !== input.value) return
    const { carried, clickId, form, length, most, name, ref_code, state, utm = {} } = found
    const fits = carried ? "" : `, ${words.tooLong}`
    count.replaceChildren(words.count.replace("{n}", String(length)).replace("{most}", String(most)) + fits)
    count.classList.toggle("over", !carried)
    const facts = {
      name,
      state: state && words.states[/** @type {"good"} */ (state)],
      ref: ref_code,
      ...utm,
      click: clickId,
    }
    answer.replaceChildren(
      h("p", {}, words.forms[/** @type {keyof typeof words.forms} */ (form)]),
      h(
        "dl",
        {},
        ...Object.entries(facts).flatMap(([fact, value]) => (value ? [h("dt", {}, fact), h("dd", {}, value)] : [])),
      ),
    )
  }
  input.addEventListener("input", () => explain().catch(() => undefined))
  return {
    element: h(
      "section",
      { class: "panel" },
      h("h3", {}, words.explain),
      h("label", { class: "wide" }, h("span", {}, words.payload), input),
      count,
      answer,
    ),
    /** @param {string} payload */
    show: (payload) => {
      input.value = payload
      explain().catch(() => undefined)
    },
  }
}
