import { h } from "../lib/dom.js"
/** @import { Entity } from "../types.d.ts" */

/**
 * A text with Telegram's entities as nodes. Entities nest but never cross; one that does is cut where its parent ends.
 *
 * @param {string} text
 * @param {ReadonlyArray<Entity>} entities
 * @param {(command: string) => void} onCommand
 */
export const richText = (text, entities, onCommand) => {
  const sorted = entities.toSorted((one, other) => one.offset - other.offset || other.length - one.length)
  return between(text, 0, text.length, sorted, onCommand)
}

/** @typedef {(command: string) => void} OnCommand */

/** @param {string} text @param {number} start @param {number} end @param {ReadonlyArray<Entity>} entities @param {OnCommand} onCommand @returns {Array<Node | string>} */
const between = (text, start, end, entities, onCommand) => {
  const nodes = []
  let at = start
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index]
    if (entity === undefined) break
    const stop = Math.min(entity.offset + entity.length, end)
    let next = index + 1
    while ((entities[next]?.offset ?? end) < stop) next++
    if (entity.offset >= at && stop > entity.offset) {
      nodes.push(text.slice(at, entity.offset))
      const inner = between(text, entity.offset, stop, entities.slice(index + 1, next), onCommand)
      nodes.push(element(entity, text.slice(entity.offset, stop), inner, onCommand))
      at = stop
    }
    index = next
  }
  nodes.push(text.slice(at, end))
  return nodes.filter((node) => node !== "")
}

/** @type {Readonly<Record<string, "b" | "i" | "u" | "s" | "code" | "pre" | "blockquote">>} */
const tags = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
}

/** @param {Entity} entity @param {string} covered @param {Array<Node | string>} inner @param {OnCommand} onCommand @returns {Node} */
const element = (entity, covered, inner, onCommand) => {
  const tag = tags[entity.type]
  if (tag !== undefined) return h(tag, {}, ...inner)
  switch (entity.type) {
    case "text_link":
      return link(entity.url ?? "", inner)
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(covered) ? covered : `https://${covered}`, inner)
    case "email":
      return link(`mailto:${covered}`, inner)
    case "phone_number":
      return link(`tel:${covered}`, inner)
    case "mention":
      return link(`https://t.me/${covered.slice(1)}`, inner)
    case "bot_command":
      return h("button", { type: "button", class: "command", onclick: () => onCommand(covered) }, ...inner)
    case "spoiler":
      return spoiler(inner)
    default:
      return h("span", {}, ...inner)
  }
}

const safe = new Set(["http:", "https:", "mailto:", "tel:", "tg:"])

/** A bot can write any address, `javascript:` too: what is not known to be harmless stays text. @param {string} url @param {Array<Node | string>} inner */
const link = (url, inner) => {
  const parsed = URL.parse(url)
  if (parsed === null || !safe.has(parsed.protocol)) return h("span", {}, ...inner)
  return h("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, ...inner)
}

/** @param {Array<Node | string>} inner */
const spoiler = (inner) => {
  const cover = h("span", { class: "spoiler", role: "button", tabIndex: 0 }, ...inner)
  const reveal = () => cover.classList.add("revealed")
  cover.addEventListener("click", reveal)
  cover.addEventListener("keydown", ({ key }) => key === "Enter" && reveal())
  return cover
}
