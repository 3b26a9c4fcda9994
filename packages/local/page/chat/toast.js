import { h } from "../lib/dom.js"

const shownFor = 4_000

/** What is shown over the chat for a moment. */
export const toaster = () => {
  const element = h("div", { class: "toast", role: "status" })
  let timer = 0
  return {
    element,
    /** @param {string} text */
    show: (text) => {
      element.replaceChildren(text)
      element.classList.add("shown")
      clearTimeout(timer)
      timer = setTimeout(() => element.classList.remove("shown"), shownFor)
    },
  }
}
