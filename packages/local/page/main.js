import { chatPane } from "./chat/chat.js"
import { chatHeader } from "./chat/header.js"
import { readHistory, send, watchJournal } from "./lib/api.js"
import { spokenTo } from "./lib/brand.js"
import { h } from "./lib/dom.js"
import { forgetVisitor, keep, newVisitor, storedVisitor } from "./lib/visitor.js"
import { startForm } from "./start/start.js"
import { systemPane } from "./system/system.js"

/** @import { Act } from "./types.d.ts" */

const visitor = storedVisitor() ?? newVisitor()
let lost = false

/** @param {Act} what */
const act = async (what) => {
  const sentAt = Date.now()
  const updateId = await send(visitor, what)
  visitor.sentAt[updateId] = sentAt
  if ("membership" in what) visitor.blocked = what.membership === "kicked"
  keep(visitor)
  system.did(updateId, what, sentAt)
  showState()
}

const header = chatHeader({
  onBlock: (block) => chat.attempt({ membership: block ? "kicked" : "member" }),
  onNewPerson: () => {
    forgetVisitor()
    location.reload()
  },
})
const chat = chatPane({ chatId: visitor.chatId, commands: () => spokenTo(visitor.language)?.commands ?? [], act })
const system = systemPane(visitor, (user, isLatest) => {
  if (user !== undefined && isLatest) visitor.blocked = user.blocked
  keep(visitor)
  showState()
})

const showState = () => {
  header.show({ busy: system.isBusy(), lost, blocked: visitor.blocked })
  chat.showBlocked(visitor.blocked)
}

const openChat = () => {
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

document.body.append(header.element, welcome, system.element)

watchJournal(visitor.chatId, {
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

const history = await readHistory(visitor.chatId).catch(() => undefined)
if (history !== undefined && history.length > 0) {
  openChat()
  await chat.refresh()
  await system.recall().catch(() => undefined)
  showState()
}
