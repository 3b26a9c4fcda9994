import { chatPane } from "./chat/chat.js"
import { chatHeader } from "./chat/header.js"
import { readHistory, send, watchJournal } from "./lib/api.js"
import { brand, spokenTo } from "./lib/brand.js"
import { h } from "./lib/dom.js"
import { group, keep, visitorHere } from "./lib/visitor.js"
import { peopleBar } from "./people/people.js"
import { startForm } from "./start/start.js"
import { systemPane } from "./system/system.js"

/** @import { Act } from "./types.d.ts" */

const visitor = visitorHere()
const chatId = group ?? visitor.chatId
let lost = false
let isGone = false

/** @param {Act} what */
const act = async (what) => {
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
  onBlock: (block) => chat.attempt({ membership: block ? "kicked" : "member" }),
  isGroup: group !== undefined,
  onForget: () => chat.attempt({ text: "/forgetme" }),
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

const chat = chatPane({ chatId, me: visitor.chatId, commands, act })
const system = systemPane(visitor, chatId, (user, isLatest) => {
  if (user !== undefined && isLatest) visitor.blocked = user.blocked
  keep(visitor)
  showState()
})

const showState = () => {
  const blocked = group === undefined ? visitor.blocked : isGone
  header.show({ busy: system.isBusy(), lost, blocked })
  chat.showBlocked(blocked && group === undefined)
  bar.show()
}

const openChat = () => {
  if (!welcome.isConnected) return
  welcome.replaceWith(chat.element)
  chat.keepFresh()
}

const form = startForm(async ({ language, name, payload }) => {
  Object.assign(visitor, { language, name })
  openChat()
  chat.focus()
  await chat.attempt({ text: payload === "" ? "/start" : `/start ${payload}` })
})
const welcome = h("main", { class: "chat welcome" }, form)

document.body.append(header.element, bar.element, welcome, system.element)

watchJournal(chatId, {
  onConnection: (connected) => {
    lost = !connected
    showState()
  },
  onEntry: (entry) => {
    lost = false
    if (system.told(entry) && (entry.what.startsWith("Telegram.") || entry.what === "processUpdate")) chat.refresh()
    showState()
  },
})

const before = await readHistory(chatId).catch(() => undefined)
if (group !== undefined || (before !== undefined && before.length > 0)) {
  openChat()
  await chat.refresh()
  await system.recall().catch(() => undefined)
  showState()
}

// From a group's button: as if the link had been tapped, once.
const payload = new URLSearchParams(location.search).get("start")
if (payload !== null && visitor.name !== "") {
  openChat()
  history.replaceState(null, "", `?as=${visitor.chatId}`)
  await chat.attempt({ text: payload === "" ? "/start" : `/start ${payload}` })
}
