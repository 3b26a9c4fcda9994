import { h } from "./dom.js"

/** Once for each: the style of what is loaded when somebody asks for it, which is there then. @param {string} href */
export const styled = (href) => {
  if (document.querySelector(`link[href="${href}"]`) !== null) return undefined
  const link = h("link", { rel: "stylesheet", href })
  document.head.append(link)
  return new Promise((done) => {
    link.onload = link.onerror = done
  })
}
