import { brand } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { once } from "../lib/once.js"
import { updateCard } from "../system/card.js"
import { journal } from "../system/journal.js"
import { personView } from "../system/person.js"
import { statsView } from "../system/stats.js"
import { readEvent, readStanding, readStats, readUser, readWay, showNames } from "./api.js"
import { chatList } from "./chats.js"

/** @import { Entry, Update } from "../types.d.ts" */

const standings = {
  connecting: "Looking for Telegram…",
  polling: "Polling: updates come as they are made.",
  "in trouble": "In trouble:",
  none: "There is no real bot: start with TELEGRAM_BOT_TOKEN.",
}

/** The journal of each chat. @type {Map<string, ReturnType<typeof journal>>} */
const journals = new Map()
/** @type {string | undefined} */
let chosen

const status = h("span", { class: "status", role: "status" })
const [person, stats] = [personView("The person, as the system knows them"), statsView()]
const cards = h("div", { class: "updates" })
const names = h("input", { type: "checkbox" })

/** @param {string} chat */
const showPerson = async (chat) => {
  const [user, way] = await Promise.all([readUser(chat), readWay(chat)])
  chats.is(chat, user === undefined ? "unknown" : [user.firstName, user.state].filter(Boolean).join(" · "))
  if (chat === chosen) person.show(user, way)
}

/** @param {Update} update */
const cardOf = (update) => {
  const card = updateCard(update)
  card.element.querySelector("a")?.setAttribute("href", `/real/events/${update.id}/trace`)
  if (update.ended)
    readEvent(update.id)
      .then((event) => Object.assign(update, { event }), ignore)
      .then(card.show)
  return card.element
}

const ignore = () => undefined

const showChosen = once(async () => {
  if (chosen === undefined) return
  await showPerson(chosen)
  const updates = [...(journals.get(chosen)?.updates.values() ?? [])].toReversed()
  cards.replaceChildren(...updates.slice(0, 20).map(cardOf))
})

const chats = chatList((chat) => {
  chosen = chat
  showChosen().catch(ignore)
})

names.addEventListener("change", () => {
  showNames(names.checked)
  for (const chat of journals.keys()) showPerson(chat).catch(ignore)
  showChosen().catch(ignore)
})

const look = once(async () => {
  const standing = await readStanding()
  status.replaceChildren(standing === undefined ? standings.none : `${standings[standing.is]} ${standing.why ?? ""}`)
  name.replaceChildren(`@${standing?.username ?? brand.bot.username}`)
  if (standing !== undefined) stats.show(await readStats())
})

const name = h("h1", {}, brand.name)
document.body.append(
  h(
    "header",
    { class: "bar" },
    h("img", { src: "icons/brand.svg", alt: "", class: "avatar", width: 40, height: 40 }),
    h("div", { class: "who" }, name, status),
    h("a", { href: "/" }, "The stand-in's chat"),
  ),
  h(
    "main",
    { class: "system" },
    h("div", { class: "wide" }, stats.element),
    h("div", {}, chats.element, h("label", { class: "note" }, names, " Show names and words")),
    h("div", {}, person.element, h("section", { class: "panel" }, h("h3", {}, "Their updates"), cards)),
  ),
)
person.show(undefined, brand.way)

const source = new EventSource("/real/journal")
source.onmessage = ({ data }) => {
  /** @type {Entry} */
  const entry = JSON.parse(data)
  const { at, chat } = entry
  const of = journals.get(chat) ?? journal()
  journals.set(chat, of)
  const changed = of.add(entry)
  if (changed === undefined) return
  chats.wrote(chat, at)
  if (changed.ended) showPerson(chat).catch(ignore)
  if (changed.ended && chat === chosen) showChosen().catch(ignore)
}

await look().catch(ignore)
setInterval(() => look().catch(ignore), 2_000)
