import type { Button, Content } from "@concierge/core/onboarding/Content.ts"
import { escapeHtml } from "@concierge/core/onboarding/Name.ts"
import { limits, problemsOf } from "../limits.ts"
import type { Shown } from "../Scene.ts"
import { formattedHtml } from "./formatted.ts"

/** What is shown, as the chat shows it. Media are named by a key and set by the page's script, each embedded once. */
export const bubble = (shown: Shown, greeting: (spoken: string) => string | undefined): string =>
  `${view(shown, greeting)}${problemsOf(shown)
    .map((problem) => `<p class="problem">Telegram refuses it: ${escapeHtml(problem)}</p>`)
    .join("")}`

const view = (shown: Shown, greeting: (spoken: string) => string | undefined): string => {
  switch (shown._tag) {
    case "Text":
      return message(`<p class="text">${formattedHtml(shown.html)}</p>`, shown)
    case "Video":
      return message(
        `<video controls playsinline preload="metadata" data-media="${escapeHtml(shown.key)}"></video>${caption(shown.caption)}`,
        shown,
      )
    case "Voice":
      return message(`${voice(shown.spoken, greeting(shown.spoken))}${caption(shown.caption)}`, shown)
    case "Toast":
      return `<p class="toast">${escapeHtml(shown.text)}</p>`
    case "Commands":
      return `<dl class="commands">${shown.commands
        .map(([name, what]) => `<div><dt>/${escapeHtml(name)}</dt><dd>${escapeHtml(what)}</dd></div>`)
        .join("")}</dl>`
  }
}

const message = (inside: string, { buttons = [] }: Content): string =>
  `<div class="message"><div class="bubble">${inside}</div>${buttons.map(keyboardButton).join("")}</div>`

const caption = (html: string): string => (html === "" ? "" : `<p class="text">${formattedHtml(html)}</p>`)

const voice = (spoken: string, key: string | undefined): string =>
  `<div class="voice">${
    key === undefined
      ? "<em>no local voice is installed</em>"
      : `<audio controls preload="none" data-media="${key}"></audio>`
  }<blockquote title="What is read aloud; at most ${limits.spoken} characters">“${escapeHtml(spoken)}”</blockquote></div>`

const keyboardButton = (button: Button): string => {
  const leads = "url" in button
  const does = leads ? button.url : "copy" in button ? `copies ${button.copy}` : `sends ${button.data}`
  return `<span class="button" title="${escapeHtml(does)}">${escapeHtml(button.text)}${leads ? '<i aria-label="opens a page">↗</i>' : ""}</span>`
}
