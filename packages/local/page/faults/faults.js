import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { styled } from "../lib/styled.js"
import { clearFaults, inject, killNow, readFaults, readOutages, sendGarbled, setLimits, setOut } from "./api.js"
import { botLimit, forgetsFile, kill, ofTelegram, parts } from "./list.js"

/** @import { Here, Panel } from "../tabs/tabs.js" */

const { faults: words } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))

/** The switchboard: what is to go wrong, and what is to be seen then. @param {Here} here @returns {Panel} */
export const panel = ({ visitor }) => {
  styled("style/panels.css")
  const status = h("p", { class: "note", role: "status" })
  /** @param {() => Promise<unknown>} act @param {string} said */
  const doing = (act, said) => () =>
    act().then(
      () => show(said),
      () => status.replaceChildren(words.failed),
    )

  /** @param {string} name @param {HTMLElement} control */
  const row = (name, control) => {
    const { title, expect } = words.list[name] ?? { title: name, expect: "" }
    const id = `fault-${name}`
    control.setAttribute("aria-describedby", id)
    return h("li", { class: "fault" }, h("div", {}, h("b", {}, title), h("p", { id }, expect)), control)
  }
  /** @param {string} label @param {string} of @param {() => Promise<unknown>} act @param {string} [said] */
  const button = (label, of, act, said = words.armed) =>
    h(
      "button",
      { type: "button", class: "arm", "aria-label": `${label}: ${words.list[of]?.title}`, onclick: doing(act, said) },
      label,
    )
  /** @param {string} of @param {(isOn: boolean) => Promise<unknown>} act */
  const toggle = (of, act) => {
    const box = h("input", { type: "checkbox", role: "switch", "aria-label": words.list[of]?.title })
    box.addEventListener(
      "change",
      doing(() => act(box.checked), words.changed),
    )
    return box
  }

  const outages = parts.map((part) => ({
    part,
    box: toggle(part, async (isOut) => {
      await setOut(part, isOut)
      if (part === "media" && isOut) await inject(forgetsFile)
    }),
  }))
  const limit = toggle("botLimit", (isOn) => setLimits(isOn ? botLimit : {}))
  const deaths = [
    row(
      "kill",
      button(words.next, "kill", () => inject(kill)),
    ),
    row("killNow", button(words.now, "killNow", killNow, words.killed)),
  ]
  const machine = h("ul", {}, ...outages.map(({ box, part }) => row(part, box)))

  /** @param {string} [said] */
  const show = async (said = "") => {
    const [now, out] = await Promise.all([readFaults(), readOutages()]).catch(() => [undefined, undefined])
    for (const { box, part } of outages) box.checked = out?.out.includes(part) ?? false
    machine.hidden = out === undefined
    for (const death of deaths) death.hidden = now?.canKill !== true
    const waiting = now?.faults.reduce((sum, { times }) => sum + times, 0) ?? 0
    status.replaceChildren(said, waiting > 0 ? ` ${words.waiting.replace("{n}", String(waiting))}` : "")
    clear.hidden = waiting === 0
  }
  const clear = h(
    "button",
    { type: "button", class: "arm", hidden: true, onclick: doing(clearFaults, words.cleared) },
    words.clear,
  )

  return {
    element: h(
      "section",
      { class: "panel faults" },
      h("h3", {}, words.title),
      h("p", { class: "note" }, words.lead),
      h("div", { class: "standing" }, status, clear),
      h("h4", {}, words.telegram),
      h(
        "ul",
        {},
        ...Object.entries(ofTelegram).map(([name, injection]) =>
          row(
            name,
            button(words.next, name, () => inject(injection)),
          ),
        ),
        row("botLimit", limit),
      ),
      h("h4", {}, words.machine),
      machine,
      h(
        "ul",
        {},
        ...deaths,
        row(
          "garbled",
          button(words.now, "garbled", () => sendGarbled(visitor.chatId), words.sent),
        ),
      ),
    ),
    show: () => void show(),
  }
}
