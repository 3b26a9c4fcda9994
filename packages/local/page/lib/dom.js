/**
 * Builds an element. Properties that begin with `on` are listeners, `class` is the class, what the element has is set as
 * a property, all else as an attribute. Strings become text nodes: nothing on this page ever parses HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const h = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    } else if (name === "class") {
      element.className = String(value)
    } else if (name in element) {
      Reflect.set(element, name, value)
    } else {
      element.setAttribute(name, value === true ? "" : String(value))
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}

const svgNamespace = "http://www.w3.org/2000/svg"

/** @param {string} tag @param {Record<string, string | number>} attributes */
export const svg = (tag, attributes) => {
  const element = document.createElementNS(svgNamespace, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}

/** A picture from the sprite; decoration only, so that whatever carries it needs a name of its own. @param {string} name */
export const icon = (name) => {
  const picture = svg("svg", { class: "icon", "aria-hidden": "true" })
  picture.append(svg("use", { href: `icons/sprite.svg#${name}` }))
  return picture
}

/** @param {string} text */
export const hidden = (text) => h("span", { class: "hidden" }, text)
