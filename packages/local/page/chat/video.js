import { fileUrl } from "../lib/api.js"
import { h, hidden, icon } from "../lib/dom.js"
import { words } from "../words/words.js"
import { lengthOf } from "./time.js"
/** @import { Media } from "../types.d.ts" */

/** A video in its bubble: its cover, or else its first frame, under a button, and the browser's own controls once it plays. @param {Media} media */
export const videoPlayer = (media) => {
  const { duration, height = 9, width = 16 } = media
  const picture = media.cover?.at(-1) ?? media.thumbnail
  const poster = picture === undefined ? {} : { poster: fileUrl(picture) }
  const video = h("video", { src: fileUrl(media), ...poster, preload: "auto", playsInline: true, class: "moving" })
  const length = h("span", { class: "length" }, lengthOf(duration))
  const play = h(
    "button",
    {
      type: "button",
      class: "cover",
      onclick: () => video.play(),
    },
    hidden(words.chat.playVideo),
    h("span", { class: "round large" }, icon("play")),
    length,
  )
  video.addEventListener("loadedmetadata", () => length.replaceChildren(lengthOf(video.duration)))
  video.addEventListener("play", () => {
    video.controls = true
    play.remove()
    video.focus({ preventScroll: true })
  })
  const frame = h("div", { class: "video" }, video, play)
  // Its place is kept from the start, so that nothing jumps when the frame arrives.
  frame.style.aspectRatio = `${width} / ${height}`
  frame.classList.toggle("upright", height > width)
  return frame
}
