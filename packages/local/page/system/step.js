import { millisOf } from "../chat/time.js"
import { h, hidden, icon } from "../lib/dom.js"
import { failureOf, termOf } from "../words/glossary.js"
import { words } from "../words/words.js"

const { system } = words

/** @import { Step } from "./journal.js" */

/** One step, with the time it took as a bar; opened, it says what it is for. @param {Step} step */
export const stepRow = ({ detail, key, ok, what }) => {
  const term = termOf(what)
  const bar = h("span", { class: "took" })
  const millis = h("span", { class: "millis" })
  const missed = !ok && term.missed !== undefined
  const element = h(
    "li",
    { class: "step", "data-kind": term.kind, "data-ok": String(ok || missed) },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h(
          "span",
          { class: "name" },
          term.title,
          term.kind !== "other" && hidden(` (${system.legend[term.kind]})`),
          icon("chevron"),
          !(ok || missed) && h("b", { class: "no" }, system.no),
        ),
        millis,
        h("span", { class: "line" }, bar),
      ),
      h(
        "p",
        {},
        term.hint,
        missed && ` ${term.missed}`,
        !(ok || missed) && detail !== undefined && h("span", { class: "why" }, failureOf(detail)),
        key === "queued" ? "" : h("code", {}, what),
      ),
    ),
  )
  return {
    element,
    /** @param {Step} step */
    show: ({ from, millis: took, part }) => {
      millis.replaceChildren(millisOf(took))
      bar.style.marginInlineStart = `${(from * 100).toFixed(2)}%`
      bar.style.width = `${Math.min(part, 1 - from) * 100}%`
    },
  }
}
