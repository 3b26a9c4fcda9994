import { h, icon } from "../lib/dom.js"
import { words } from "../words/words.js"

/** @import { Command } from "../types.d.ts" */

const { composer } = words

/**
 * Where the person writes.
 *
 * @param {{ commands: () => ReadonlyArray<Command>, onSend: (text: string, messageId?: number) => Promise<boolean>, onUnblock: () => void }} options
 */
export const composerBar = ({ commands, onSend, onUnblock }) => {
  const input = h("textarea", {
    rows: 1,
    maxLength: 4096,
    placeholder: composer.placeholder,
    "aria-label": composer.label,
    enterKeyHint: "send",
    autocomplete: "off",
    dir: "auto",
  })
  const list = h("div", { class: "commands", id: "commands", hidden: true })
  const slash = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": composer.commands,
      "aria-expanded": "false",
      "aria-controls": "commands",
    },
    icon("slash"),
  )
  const send = h(
    "button",
    { type: "submit", class: "round", "aria-label": composer.send, disabled: true },
    icon("send"),
  )
  const form = h("form", { class: "composer" }, slash, input, send)
  /** The message that is being changed. @type {number | undefined} */
  let changing
  const stop = h("button", { type: "button", onclick: () => edit(undefined, "") }, words.chat.cancel)
  const note = h("p", { class: "changing", role: "status", hidden: true }, words.chat.editing, " ", stop)
  const blocked = h(
    "div",
    { class: "composer blocked", hidden: true },
    h("p", {}, composer.blocked),
    h("button", { type: "button", class: "primary", onclick: () => onUnblock() }, composer.unblock),
  )

  /** @param {string} prefix Undefined in effect when no command begins so. */
  const suggest = (prefix) => {
    const found = commands().filter(({ name }) => name.startsWith(prefix))
    list.replaceChildren(...found.map(({ name, what }) => suggestion(name, what)))
    open(found.length > 0)
  }
  /** @param {boolean} isOpen */
  const open = (isOpen) => {
    list.hidden = !isOpen
    slash.setAttribute("aria-expanded", String(isOpen))
  }
  /** @param {string} name @param {string} what */
  const suggestion = (name, what) =>
    h("button", { type: "button", onclick: () => submit(`/${name}`) }, h("b", {}, `/${name}`), h("span", {}, what))

  /** @param {string} text */
  const submit = async (text) => {
    open(false)
    if (text.trim() === "") return
    input.value = ""
    fit()
    // A tap on a suggestion took the focus; on a phone it would bring up the keyboard again.
    if (matchMedia("(hover: hover)").matches) input.focus()
    const messageId = changing
    changing = undefined
    note.hidden = true
    if (await onSend(text.trim(), messageId)) return
    if (input.value === "") input.value = text
    fit()
  }
  /** @param {number | undefined} messageId @param {string} text */
  const edit = (messageId, text) => {
    changing = messageId
    note.hidden = messageId === undefined
    input.value = text
    fit()
    input.focus()
  }
  const fit = () => {
    send.disabled = input.value.trim() === ""
    input.style.height = "auto"
    input.style.height = `${Math.min(input.scrollHeight, 140)}px`
  }

  slash.addEventListener("click", () => (list.hidden ? suggest("") : open(false)))
  input.addEventListener("input", () => {
    fit()
    const command = /^\/([a-z]*)$/.exec(input.value)
    if (command === null) open(false)
    else suggest(command[1] ?? "")
  })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.hidden && changing !== undefined ? edit(undefined, "") : open(false)
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== input) return
    event.preventDefault()
    submit(input.value)
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit(input.value)
  })

  return {
    element: h("div", { class: "bottom" }, list, note, form, blocked),
    edit,
    /** @param {boolean} isBlocked */
    showBlocked: (isBlocked) => {
      form.hidden = isBlocked
      blocked.hidden = !isBlocked
      if (isBlocked) open(false)
    },
  }
}
