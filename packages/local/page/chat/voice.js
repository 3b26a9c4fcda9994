import { fileUrl } from "../lib/api.js"
import { h, icon } from "../lib/dom.js"
import { words } from "../words/words.js"
import { lengthOf } from "./time.js"
import { levelsOf, waveform } from "./waveform.js"

/** @import { Media } from "../types.d.ts" */

const steps = 1000

/** A voice message: a button, the shape of the sound that one can search in, and its length. @param {Media} media */
export const voicePlayer = (media) => {
  const url = fileUrl(media)
  const audio = h("audio", { src: url, preload: "metadata" })
  const wave = waveform()
  const length = h("span", { class: "length" }, lengthOf(media.duration))
  const button = h("button", { type: "button", class: "round", "aria-label": words.chat.playVoice }, icon("play"))
  const position = h("input", {
    type: "range",
    min: "0",
    max: String(steps),
    value: "0",
    "aria-label": words.chat.position,
  })

  const show = () => {
    const total = Number.isFinite(audio.duration) ? audio.duration : (media.duration ?? 0)
    const part = total > 0 ? audio.currentTime / total : 0
    wave.progress(part)
    position.value = String(Math.round(part * steps))
    position.setAttribute("aria-valuetext", lengthOf(audio.currentTime))
    length.replaceChildren(lengthOf(audio.currentTime > 0 ? audio.currentTime : total))
  }
  const follow = () => {
    show()
    if (!audio.paused) requestAnimationFrame(follow)
  }
  /** @param {boolean} playing */
  const showButton = (playing) => {
    button.replaceChildren(icon(playing ? "pause" : "play"))
    button.setAttribute("aria-label", playing ? words.chat.pauseVoice : words.chat.playVoice)
  }

  button.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()))
  position.addEventListener("input", () => {
    if (Number.isFinite(audio.duration)) audio.currentTime = (Number(position.value) / steps) * audio.duration
    show()
  })
  audio.addEventListener("loadedmetadata", show)
  audio.addEventListener("play", () => {
    showButton(true)
    follow()
  })
  audio.addEventListener("pause", () => showButton(false))
  audio.addEventListener("ended", () => {
    audio.currentTime = 0
    show()
  })
  // A recording that cannot be measured still plays: its bars just stay flat.
  levelsOf(url).then(wave.show, () => undefined)

  return h(
    "div",
    { class: "voice" },
    button,
    h("div", { class: "track" }, h("div", { class: "wave" }, wave.picture, position), length),
    audio,
  )
}
