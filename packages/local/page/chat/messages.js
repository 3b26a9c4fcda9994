import { fileUrl } from "../lib/api.js"
import { brand } from "../lib/brand.js"
import { h, hidden, icon } from "../lib/dom.js"
import { words } from "../words/words.js"
import { richText } from "./entities.js"
import { keyboard } from "./keyboard.js"
import { clockTime, dayOf } from "./time.js"
import { videoPlayer } from "./video.js"
import { voicePlayer } from "./voice.js"

/** @import { Message } from "../types.d.ts" */

/** Who looks at the chat, and what they do in it. */
/** @typedef {{ me: number, onEdit: (message: Message) => void, onRemove: (message: Message) => void, onCommand: (command: string) => void, onTap: (data: string, message: Message) => Promise<void> }} Actions */

/** Telegram's apps do not show what a link carries. It is what this page is about, but small. @param {string} text */
const own = (text) => {
  const [, command, payload] = /^(\/start) (\S+)$/.exec(text) ?? []
  return command === undefined ? [text] : [`${command}\n`, h("span", { class: "payload" }, payload)]
}

/** @param {Message} message @param {Actions} actions */
const bubble = (message, actions) => {
  const text = message.text ?? message.caption ?? ""
  const entities = message.entities ?? message.caption_entities ?? []
  const sound = message.voice ?? message.audio
  const film = message.video ?? message.animation
  const isMine = message.from?.id === actions.me
  return h(
    "li",
    { class: `message ${isMine ? "mine" : "theirs"}` },
    h(
      "div",
      {
        class: `bubble${film === undefined ? "" : " framed"}${message.has_protected_content ? " protected" : ""}`,
      },
      isMine || message.from?.is_bot
        ? hidden(isMine ? words.chat.you : `${brand.name}:`)
        : h("b", { class: "author" }, message.from?.first_name),
      film && videoPlayer(film),
      sound && voicePlayer(sound),
      message.document && h("a", { href: fileUrl(message.document) }, message.document.file_name ?? words.chat.file),
      text !== "" &&
        h(
          "p",
          { class: "text", dir: "auto" },
          ...(message.from?.is_bot !== true ? own(text) : richText(text, entities, actions.onCommand)),
        ),
      h(
        "span",
        { class: "when" },
        message.has_protected_content && icon("lock"),
        message.edit_date === undefined ? "" : `${words.chat.edited} `,
        clockTime(message.date),
        isMine && icon("check"),
      ),
    ),
    keyboard(message, actions.onTap),
    isMine && changes(message, actions),
  )
}

/** @param {Message} message @param {Actions} actions */
const changes = (message, { onEdit, onRemove }) =>
  h(
    "div",
    { class: "changes" },
    h(
      "button",
      { type: "button", class: "quiet", "aria-label": words.chat.edit, onclick: () => onEdit(message) },
      icon("edit"),
    ),
    h(
      "button",
      { type: "button", class: "quiet", "aria-label": words.chat.remove, onclick: () => onRemove(message) },
      icon("remove"),
    ),
  )

/** The effects that every bot may use, as this page plays them: a picture of each that goes up. */
const effects = new Map([
  ["5104841245755180586", "🔥"],
  ["5107584321108051014", "👍"],
  ["5104858069142078462", "👎"],
  ["5159385139981059251", "❤️"],
  ["5046509860389126442", "🎉"],
  ["5046589136895476101", "💩"],
])

/** @param {string} id */
const effect = (id) => h("span", { class: "effect", "aria-hidden": "true" }, effects.get(id) ?? "✨")

/** @type {ScrollBehavior} */
const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth"

/** The conversation. What has not changed stays as it is, so that a video goes on playing. @param {Actions} actions */
export const messageList = (actions) => {
  const list = h("ol", { class: "messages" })
  const log = h(
    "div",
    { class: "log", role: "log", "aria-live": "polite", "aria-label": words.chat.log, tabIndex: 0 },
    list,
  )
  const latest = h("button", { type: "button", class: "round latest", "aria-label": words.chat.latest }, icon("down"))
  /** @type {Map<number, { json: string, element: HTMLElement }>} */
  const shown = new Map()
  let isFirst = true

  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120
  /** @param {ScrollBehavior} behavior */
  const toEnd = (behavior) => log.scrollTo({ top: log.scrollHeight, behavior })
  log.addEventListener("scroll", () => latest.classList.toggle("offered", !isAtEnd()), { passive: true })
  latest.addEventListener("click", () => toEnd(smooth))

  /** @param {ReadonlyArray<Message>} messages Oldest first. */
  const show = (messages) => {
    const follow = isAtEnd()
    let grown = false
    for (const [id, { element }] of shown) {
      if (messages.some(({ message_id }) => message_id === id)) continue
      element.remove()
      shown.delete(id)
    }
    for (const message of messages) {
      const json = JSON.stringify(message)
      const before = shown.get(message.message_id)
      if (before?.json === json) continue
      const element = bubble(message, actions)
      if (before === undefined) {
        if (list.childElementCount === 0) list.append(h("li", { class: "day" }, dayOf(message.date)))
        list.append(element)
        if (!isFirst) element.classList.add("arriving")
        if (!isFirst && message.effect_id !== undefined) element.append(effect(message.effect_id))
        grown = true
      } else {
        before.element.replaceWith(element)
      }
      shown.set(message.message_id, { json, element })
    }
    const last = messages.at(-1)
    if (grown && (follow || isFirst || last?.from?.id === actions.me)) toEnd(isFirst ? "instant" : smooth)
    isFirst = false
  }

  return { element: h("div", { class: "conversation" }, log, latest), log, show }
}

// Two voices at once are none.
document.addEventListener(
  "play",
  ({ target }) => {
    for (const media of document.querySelectorAll("video, audio")) {
      if (media !== target && media instanceof HTMLMediaElement) media.pause()
    }
  },
  true,
)
