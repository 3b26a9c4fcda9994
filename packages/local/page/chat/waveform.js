import { svg } from "../lib/dom.js"

const bars = 44
const barWidth = 2
const gap = 1.5
const height = 26

export const waveform = () => {
  const width = bars * (barWidth + gap) - gap
  const picture = svg("svg", {
    class: "bars",
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  })
  const rects = Array.from({ length: bars }, (_, index) =>
    svg("rect", { x: index * (barWidth + gap), y: 0, width: barWidth, height, rx: 1 }),
  )
  picture.append(...rects)

  /** @param {ReadonlyArray<number>} levels 0 to 1 */
  const show = (levels) => {
    for (const [index, rect] of rects.entries()) rect.style.transform = `scaleY(${Math.max(0.1, levels[index] ?? 0)})`
  }
  show([])
  return {
    picture,
    show,
    /** How much has been heard, 0 to 1. @param {number} part */
    progress: (part) => {
      for (const [index, rect] of rects.entries()) rect.classList.toggle("heard", index < Math.round(part * bars))
    },
  }
}

/** How loud each part of a recording is, against its loudest. @param {string} url */
export const levelsOf = async (url) => {
  const response = await fetch(url)
  const audio = await new OfflineAudioContext(1, 1, 22_050).decodeAudioData(await response.arrayBuffer())
  const samples = audio.getChannelData(0)
  const size = Math.max(1, Math.floor(samples.length / bars))
  const means = Array.from({ length: bars }, (_, index) => {
    const part = samples.subarray(index * size, (index + 1) * size)
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length))
  })
  const loudest = Math.max(...means, 1e-6)
  return means.map((mean) => mean / loudest)
}
