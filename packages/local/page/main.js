import { chatHeader } from "./chat/header.js"
import { readHistory, send, watchJournal } from "./lib/api.js"
import { brand, spokenTo } from "./lib/brand.js"
import { h } from "./lib/dom.js"
import { group, keep, visitorHere } from "./lib/visitor.js"
import { peopleBar } from "./people/people.js"
import { loadSteps } from "./system/card.js"
import { systemPane } from "./system/system.js"

/** @import { Act } from "./types.d.ts" */

const visitor = visitorHere()
const chatId = group ?? visitor.chatId
let lost = false
let isGone = false
let recording = false

/** @param {Act} what */
const act = async (what) => {
  await loadSteps()
  const sentAt = Date.now()
  const updateId = await send(visitor, chatId, what)
  visitor.sentAt[updateId] = sentAt
  if ("membership" in what) {
    const isOut = what.membership === "kicked"
    if (group === undefined) visitor.blocked = isOut
    else isGone = isOut
  }
  keep(visitor)
  system.did(updateId, what, sentAt)
  showState()
}

const header = chatHeader({
  onBlock: async (block) => (await openChat()).attempt({ membership: block ? "kicked" : "member" }),
  isGroup: group !== undefined,
  onForget: async () => (await openChat()).attempt({ text: "/forgetme" }),
})
const bar = peopleBar(visitor)

const commands = () => {
  const name = `start@${brand.bot.username}`
  const [link] = brand.links
  if (group === undefined) return spokenTo(visitor.language)?.commands ?? []
  return [
    { name, what: brand.name },
    ...(link === undefined ? [] : [{ name: `${name} ${link.payload}`, what: link.hint }]),
  ]
}

const system = systemPane(visitor, chatId, (user, isLatest) => {
  if (user !== undefined && isLatest) visitor.blocked = user.blocked
  keep(visitor)
  showState()
})

const showState = () => {
  const blocked = group === undefined ? visitor.blocked : isGone
  header.show(
    blocked,
    lost ? "lost" : blocked ? "blocked" : !system.isBusy() ? "idle" : recording ? "recording" : "busy",
  )
  chat?.showBlocked(blocked && group === undefined)
  bar.show()
}

/** @typedef {ReturnType<typeof import("./chat/chat.js").chatPane>} Chat */

const welcome = h("main", { class: "chat welcome" })
/** @type {Chat | undefined} */
let chat
/** @type {Promise<Chat> | undefined} */
let coming

/** Somebody who has not begun needs none of it yet. */
const openChat = () => {
  coming ??= import("./chat/chat.js").then(({ chatPane }) => {
    chat = chatPane({ chatId, me: visitor.chatId, commands, act })
    welcome.replaceWith(chat.element)
    chat.keepFresh()
    return chat
  })
  return coming
}

document.body.append(header.element, bar.element, welcome, system.element)

watchJournal(chatId, {
  onConnection: (connected) => {
    lost = !connected
    showState()
  },
  onEntry: (entry) => {
    lost = false
    recording = entry.what.endsWith("Action")
    if (system.told(entry) && (entry.what.startsWith("Telegram.") || entry.what === "processUpdate")) chat?.refresh()
    showState()
  },
})

/** @param {string} payload */
const begin = async (payload) => {
  const chat = await openChat()
  chat.focus()
  await chat.attempt({ text: payload === "" ? "/start" : `/start ${payload}` })
}

const before = await readHistory(chatId).catch(() => undefined)
// From a group's button: as if the link had been tapped, once.
const tapped = new URLSearchParams(location.search).get("start")
if (tapped !== null && visitor.name !== "") {
  history.replaceState(null, "", `?as=${visitor.chatId}`)
  await begin(tapped)
} else if (group !== undefined || (before !== undefined && before.length > 0)) {
  const chat = await openChat()
  await chat.refresh()
  await system.recall().catch(() => undefined)
  showState()
} else {
  const { startForm } = await import("./start/start.js")
  const form = startForm(({ language, name, payload }) => {
    Object.assign(visitor, { language, name })
    return begin(payload)
  })
  welcome.append(form)
}

const wanted = new URLSearchParams(location.search).get("film")
if (wanted !== null) import("./film/film.js").then(({ film }) => film(wanted === "quick"))
