import { brand } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { words } from "../words/words.js"
/** @import { Button, Message } from "../types.d.ts" */

/**
 * The buttons under a message. One that was tapped spins until the bot has answered, or has had its time.
 *
 * @param {Message} message
 * @param {(data: string, message: Message) => Promise<void>} onTap Settles when the tap was answered.
 */
export const keyboard = (message, onTap) => {
  const rows = message.reply_markup?.inline_keyboard ?? []
  if (rows.length === 0) return undefined
  return h(
    "div",
    { class: "keyboard" },
    ...rows.map((row) => h("div", { class: "keys" }, ...row.map((button) => key(button, message, onTap)))),
  )
}

/** A link to the bot's own chat leads there, as in Telegram: as whoever looks at it. @param {string} url @param {Message} message */
const ownChat = (url, { chat }) => {
  const [, payload] = url.split(`https://t.me/${brand.bot.username}?start=`)
  if (payload === undefined || chat === undefined) return undefined
  return `?as=${new URLSearchParams(location.search).get("as") ?? chat.id}&start=${payload}`
}

const onCopied = () => dispatchEvent(new Event("copied"))

/** @param {Button} button @param {Message} message @param {(data: string, message: Message) => Promise<void>} onTap */
const key = ({ callback_data, copy_text, style = "", text, url }, message, onTap) => {
  if (url !== undefined && /^https?:/.test(url)) {
    const own = ownChat(url, message)
    const elsewhere = { target: "_blank", rel: "noopener noreferrer" }
    return h("a", { class: "key", ...(own === undefined ? { href: url, ...elsewhere } : { href: own }) }, text)
  }
  const element = h("button", { type: "button", class: `key ${style}` }, h("span", {}, text))
  if (copy_text !== undefined) {
    element.addEventListener("click", () => navigator.clipboard.writeText(copy_text.text).then(onCopied))
    return element
  }
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-busy") === "true" || callback_data === undefined) return
    // Not `disabled`: that would take the focus away from whoever uses a keyboard.
    element.setAttribute("aria-busy", "true")
    element.setAttribute("aria-disabled", "true")
    element.title = words.chat.waiting
    await onTap(callback_data, message)
    element.removeAttribute("aria-busy")
    element.removeAttribute("aria-disabled")
    element.title = ""
  })
  return element
}
