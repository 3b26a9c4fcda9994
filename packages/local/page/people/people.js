import { h, icon } from "../lib/dom.js"
import { group, groupOf, people } from "../lib/visitor.js"
import { words } from "../words/words.js"

/** @import { Visitor } from "../types.d.ts" */

/**
 * Everybody who sits at this browser, each with a chat of their own, and the group of them all. Each has an address, so
 * that two can be open side by side.
 *
 * @param {Visitor} visitor
 */
export const peopleBar = (visitor) => {
  const element = h("nav", { class: "people", "aria-label": words.people.label })
  /** @param {string} href @param {boolean} isHere @param {...(Node | string)} label */
  const link = (href, isHere, ...label) => h("a", { href, "aria-current": isHere ? "page" : undefined }, ...label)
  const show = () => {
    const all = people()
    const [first] = all
    element.hidden = first === undefined
    if (first === undefined) return
    const links = all.map(({ chatId, name }) =>
      link(`?as=${chatId}`, group === undefined && chatId === visitor.chatId, name || String(chatId)),
    )
    const together = `${words.people.group} (${words.people.you.replace("{name}", visitor.name)})`
    element.replaceChildren(
      ...links,
      link(`?as=${visitor.chatId}&group=${groupOf(first.chatId)}`, group !== undefined, together),
      h("a", { href: "?as=new", class: "new" }, icon("person"), words.people.another),
    )
  }
  show()
  return { element, show }
}
