import { brand } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { languageButton } from "../lib/languageButton.js"
import { once } from "../lib/once.js"
import { updateCard } from "../system/card.js"
import { journal } from "../system/journal.js"
import { personView } from "../system/person.js"
import { statsView } from "../system/stats.js"
import { readEvent, readStanding, readStats, readUser, readWay, showNames } from "./api.js"
import { chatList, mostChats } from "./chats.js"
import { real } from "./words.js"

/** @import { Entry, Update } from "../types.d.ts" */

/** The journal of each chat. @type {Map<string, ReturnType<typeof journal>>} */
const journals = new Map()
/** @type {string | undefined} */
let chosen

/** Updates of one person on the page at a time. */
const most = 20

const status = h("span", { class: "status", role: "status" })
const [person, stats] = [personView(real.person, real.none), statsView()]
const cards = h("div", { class: "updates" })
const names = h("input", { type: "checkbox" })

/** @param {string} chat */
const showPerson = async (chat) => {
  const [user, way] = await Promise.all([readUser(chat), readWay(chat)])
  chats.is(chat, user === undefined ? real.unknown : [user.firstName, user.state].filter(Boolean).join(" · "))
  if (chat === chosen) person.show(user, way)
}

/** Of the chosen one's updates: whoever reads one keeps it open. @type {Map<number, ReturnType<typeof updateCard>>} */
const shown = new Map()

/** @param {Update} update */
const cardOf = (update) => {
  const card = shown.get(update.id) ?? updateCard(update, "/real")
  shown.set(update.id, card)
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
  const latest = updates.slice(0, most).map(cardOf)
  for (const card of [...cards.children]) if (!latest.some((one) => one === card)) card.remove()
  // Moved only if it must be: an element that is put in anew loses the focus.
  for (const [index, card] of latest.entries())
    if (cards.children[index] !== card) cards.insertBefore(card, cards.children[index] ?? null)
})

const chats = chatList((chat) => {
  if (chat !== chosen) shown.clear()
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
  status.replaceChildren(
    standing === undefined ? real.standings.none : `${real.standings[standing.is]} ${standing.why ?? ""}`,
  )
  name.replaceChildren(`@${standing?.username ?? brand.bot.username}`)
  if (standing !== undefined) stats.show(await readStats())
})

document.title = real.title
const name = h("h1", {}, brand.name)
document.body.append(
  h(
    "header",
    { class: "bar" },
    h("img", { src: "icons/brand.svg", alt: "", class: "avatar", width: 40, height: 40 }),
    h("div", { class: "who" }, name, status),
    h("a", { href: "/" }, real.standIn),
    languageButton(),
  ),
  h(
    "main",
    { class: "system" },
    h("div", { class: "wide" }, h("h2", { class: "hidden" }, real.title), stats.element),
    h("div", {}, chats.element, h("label", { class: "note" }, names, ` ${real.names}`)),
    h("div", {}, person.element, h("section", { class: "panel" }, h("h3", {}, real.updates), cards)),
  ),
)
person.show(undefined, brand.way)

const source = new EventSource("/real/journal")
source.onmessage = ({ data }) => {
  /** @type {Entry} */
  const entry = JSON.parse(data)
  const { at, chat } = entry
  const of = journals.get(chat) ?? journal()
  // The one that was quiet longest is the first.
  journals.delete(chat)
  journals.set(chat, of)
  const [quiet] = journals.keys()
  if (journals.size > mostChats && quiet !== chosen) journals.delete(quiet ?? "")
  const changed = of.add(entry)
  if (changed === undefined) return
  chats.wrote(chat, at)
  if (changed.ended) showPerson(chat).catch(ignore)
  if (changed.ended && chat === chosen) showChosen().catch(ignore)
}

const lost = () => status.replaceChildren(real.lost)
await look().catch(lost)
setInterval(() => look().catch(lost), 2_000)
