import { h } from "../lib/dom.js"

/** Milliseconds that anything on the page may take. */
const patience = 180_000

/** What a film does with the page: as a person would, and to be seen. @param {boolean} isQuick */
export const stage = (isQuick) => {
  const pointer = h("div", { class: "pointer", "aria-hidden": "true" })
  document.body.append(pointer)

  /** @param {number} millis */
  const pause = (millis) => new Promise((resolve) => setTimeout(resolve, isQuick ? 40 : millis))

  /**
   * The last element of the kind, once they are as they should be.
   *
   * @param {string} selector @param {(all: ReadonlyArray<Element>) => boolean} [isSo] @returns {Promise<HTMLElement>}
   */
  const found = async (selector, isSo = (all) => all.length > 0) => {
    const until = Date.now() + patience
    while (Date.now() < until) {
      const all = [...document.querySelectorAll(selector)]
      const last = all.at(-1)
      if (isSo(all) && last instanceof HTMLElement) return last
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`the film waits in vain for ${selector}`)
  }

  /** @param {string | Element} what */
  const click = async (what) => {
    const element = typeof what === "string" ? await found(what) : what
    element.scrollIntoView({ block: "nearest" })
    const { height, left, top, width } = element.getBoundingClientRect()
    pointer.style.translate = `${left + width / 2}px ${top + height / 2}px`
    await pause(900)
    if (element instanceof HTMLElement) element.click()
    await pause(500)
  }

  /** @param {string} selector @param {string} text */
  const write = async (selector, text) => {
    const field = await found(selector)
    if (!(field instanceof HTMLTextAreaElement)) return
    for (const end of text.split("").keys()) {
      field.value = text.slice(0, end + 1)
      field.dispatchEvent(new Event("input", { bubbles: true }))
      await pause(120)
    }
    field.form?.requestSubmit()
  }

  return { click, found, pause, write }
}
