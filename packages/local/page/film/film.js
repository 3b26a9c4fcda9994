import { h } from "../lib/dom.js"
import { language } from "../lib/language.js"
import { styled } from "../lib/styled.js"
import { stage } from "./stage.js"

const { film: words } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))

/**
 * Plays the whole story by itself for somebody who only watches: by the page's own buttons, on the real system. What it
 * says of itself stands in `data-film`: the chapter, and at last `end`.
 *
 * @param {boolean} isQuick Without time to read.
 */
export const film = async (isQuick) => {
  styled("style/film.css")
  const { click, found, pause, write } = stage(isQuick)
  const title = h("b")
  const line = h("p")
  document.body.append(h("div", { class: "caption", role: "status" }, title, line))

  /** @param {keyof typeof words.chapters} name @param {number} index */
  const say = async (name, index) => {
    const { lines, title: heading } = words.chapters[name]
    title.replaceChildren(heading)
    line.replaceChildren(lines[index] ?? "")
    document.body.dataset.film = `${name} ${index}`
    await pause(index === 0 ? 2_500 : 3_500)
  }
  const last = () =>
    found(
      ".update .outcome[data-tone=applied]",
      (all) => document.querySelector(".update") === all[0]?.closest(".update"),
    )
  const open = async () => {
    const card = document.querySelector(".update")
    if (card instanceof HTMLDetailsElement && !card.open) await click(card.querySelector("summary") ?? card)
    await found(".update[open] .steps > *")
  }
  /** @param {number} index */
  const answer = (index) => found(".theirs .keyboard .key", (all) => all.length > index)

  await say("newcomer", 0)
  await click(".go .primary")
  const key = await answer(0)
  await last()
  await say("newcomer", 1)
  await click(key)
  await answer(1)
  await last()
  await say("newcomer", 2)

  await say("fault", 0)
  await click("#tab-faults")
  await click(await found('[aria-describedby="fault-kill"]'))
  await say("fault", 1)
  await write(".composer textarea", "/menu")
  await click("#tab-first")

  await say("recovery", 0)
  await answer(4)
  await last()
  // Who looks again late finds the card closed.
  await open()
  // Told when the page has its connection again, which may be after all else.
  await found(".update[open] .steps code", (all) => all.some(({ textContent }) => textContent === "recover"))
  await say("recovery", 1)
  await click("#tab-operations")
  await say("recovery", 2)

  await say("funnel", 0)
  await click("#tab-funnel")
  await say("funnel", 1)
  if (!isQuick) {
    await click(".campaigns .arm")
    await found(".campaigns .arm:disabled")
    await found(".campaigns .arm:enabled")
  }
  await say("funnel", 2)
  document.body.dataset.film = "end"
}
