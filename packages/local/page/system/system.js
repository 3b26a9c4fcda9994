import { readEvent, readStats, readUser, readWay } from "../lib/api.js"
import { brand } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { once } from "../lib/once.js"
import { tabs } from "../tabs/list.js"
import { tabsView } from "../tabs/tabs.js"
import { words } from "../words/words.js"
import { updateCard } from "./card.js"
import { journal } from "./journal.js"
import { personView } from "./person.js"
import { statsView } from "./stats.js"

/** @import { Act, Entry, Update, User, Visitor } from "../types.d.ts" */

const { system } = words

/**
 * What happens behind the chat. A record that was read while something was under way may be from before it: it is not
 * the latest.
 *
 * @param {Visitor} visitor
 * @param {number} chatId Of the visitor, or of a group.
 * @param {(user: User | undefined, isLatest: boolean) => void} onUser
 */
export const systemPane = (visitor, chatId, onUser) => {
  const { add, update, updates } = journal()
  const person = personView()
  const stats = statsView()
  const none = h("p", { class: "note" }, system.none)
  const cards = h("div", { class: "updates" }, none)
  /** @type {Map<number, ReturnType<typeof updateCard>>} */
  const shown = new Map()

  /** @param {Update} changed @param {boolean} [isNew] It happens while somebody looks on. */
  const cardOf = (changed, isNew = false) => {
    const known = shown.get(changed.id)
    if (known !== undefined) return known
    changed.sentAt ??= visitor.sentAt[changed.id]
    const card = updateCard(changed)
    shown.set(changed.id, card)
    none.remove()
    const later = [...shown.keys()].filter((id) => id > changed.id)
    const after = later.length === 0 ? undefined : shown.get(Math.min(...later))
    if (after === undefined) cards.prepend(card.element)
    else after.element.after(card.element)
    if (after === undefined && isNew) {
      // Only the newest is open, unless somebody is reading another.
      for (const { element } of shown.values()) if (!element.contains(document.activeElement)) element.open = false
      card.element.open = true
    }
    return card
  }

  /** True until something was done after the /forgetme: to ask for the record would be in vain. */
  const isForgotten = () => {
    for (const { entries, id } of updates.values()) {
      if (entries.some(({ ok, what }) => what === "Users.remove" && ok))
        visitor.forgottenBy = Math.max(visitor.forgottenBy, id)
    }
    const latest = Math.max(...updates.keys(), ...Object.keys(visitor.sentAt).map(Number))
    return latest <= visitor.forgottenBy
  }

  const isBusy = () => [...updates.values()].some(({ ended }) => !ended)

  const readRecords = once(async () => {
    const forgotten = isForgotten()
    const wasBusy = isBusy()
    const [user, way, counts] = await Promise.all([
      forgotten || chatId < 0 ? undefined : readUser(chatId),
      forgotten || chatId < 0 ? brand.way : readWay(chatId),
      readStats(),
    ])
    stats.show(counts)
    onUser(user, !wasBusy && !isBusy())
    person.show(user, way, forgotten)
    for (const [eventId, { reached }] of Object.entries(user?.recent ?? {})) {
      shown.get(idOf(eventId))?.showReached(reached)
    }
    return user
  })

  /** @param {Update} ended */
  const finish = async (ended) => {
    await readRecords()
    const event = await readEvent(ended.id)
    if (event !== undefined) ended.event = event
    cardOf(ended).show()
  }

  person.show(undefined, brand.way)
  const trace = h(
    "div",
    { class: "trace" },
    chatId < 0 ? h("p", { class: "note" }, system.group) : person.element,
    h("section", { class: "panel" }, h("h3", {}, system.updates), legend(), cards),
    stats.element,
  )
  const { list, open, place } = tabsView({ visitor, chatId }, { title: words.tabs.trace, element: trace }, tabs)
  const ignore = () => undefined
  readStats().then(stats.show, ignore)

  return {
    element: h(
      "div",
      { class: "system", role: "complementary", "aria-label": system.title },
      h("div", { class: "lead" }, h("h2", {}, system.title), h("p", {}, system.lead)),
      list,
      place,
    ),
    open,
    /** Somebody at this page did something. @param {number} id @param {Act} act @param {number} sentAt */
    did: (id, act, sentAt) => {
      const fresh = Object.assign(update(id), { act, sentAt })
      cardOf(fresh, true).show()
    },
    /** @param {Entry} entry @returns {boolean} Whether it was news. */
    told: (entry) => {
      const changed = add(entry)
      if (changed === undefined) return false
      cardOf(changed, Date.parse(entry.at) > performance.timeOrigin).show()
      if (changed.ended) finish(changed).catch(ignore)
      return true
    },
    isBusy,
    /** From the stored record: after a restart of the host the journal is empty. */
    recall: async () => {
      const user = await readRecords()
      for (const eventId of Object.keys(user?.recent ?? {})) {
        const known = update(idOf(eventId))
        if (known.entries.length > 0) continue
        known.ended = true
        known.event ??= await readEvent(known.id)
        cardOf(known).showReached(user?.recent[eventId]?.reached)
      }
    },
  }
}

/** `<botId>:<update_id>`. @param {string} eventId */
const idOf = (eventId) => Number(eventId.split(":")[1])

const legend = () =>
  h(
    "ol",
    { class: "legend" },
    ...Object.entries(system.legend).map(([kind, name]) => h("li", { "data-kind": kind }, name)),
  )
