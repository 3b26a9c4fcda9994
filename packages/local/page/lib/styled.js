import { h } from "./dom.js"

/** Once for each: the style of what is loaded when somebody asks for it. @param {string} href */
export const styled = (href) => {
  if (document.querySelector(`link[href="${href}"]`) === null)
    document.head.append(h("link", { rel: "stylesheet", href }))
}
