import * as Result from "effect/Result"
import { detected } from "../telegram/entities/detected.ts"
import { type Formatted, trimmed } from "../telegram/entities/formatted.ts"
import { parseHtml } from "../telegram/entities/parseHtml.ts"
import type { Shown } from "./Scene.ts"

/**
 * Telegram's, in UTF-16 units after the entities were parsed: no reading of "characters" gives more. `spoken` is what
 * Polly takes in one call.
 */
export const limits = { text: 4_096, caption: 1_024, toast: 200, command: 256, spoken: 3_000 } as const

/** Of `callback_data`, in bytes. */
const maxData = 64

/** HTML as Telegram reads it: the text with its entities, or what is wrong with it. */
export const readHtml = (html: string): Result.Result<Formatted, string> =>
  Result.map(parseHtml(html), (formatted) => detected(trimmed(formatted)))

/** Why Telegram would refuse what is shown; empty where it takes it. */
export const problemsOf = (shown: Shown): ReadonlyArray<string> => {
  switch (shown._tag) {
    case "Text":
      return [...problemsOfHtml("text", shown.html, limits.text), ...problemsOfButtons(shown)]
    case "Video":
      return [...problemsOfHtml("caption", shown.caption, limits.caption, true), ...problemsOfButtons(shown)]
    case "Voice":
      return [
        ...problemsOfLength("spoken", shown.spoken, limits.spoken),
        ...problemsOfHtml("caption", shown.caption, limits.caption, true),
        ...problemsOfButtons(shown),
      ]
    case "Toast":
      return problemsOfLength("toast", shown.text, limits.toast)
    case "Commands":
      return shown.commands.flatMap(([name, what]) => problemsOfLength(`command ${name}`, what, limits.command))
  }
}

const problemsOfHtml = (what: string, html: string, limit: number, mayBeEmpty = false): ReadonlyArray<string> => {
  const read = readHtml(html)
  if (Result.isFailure(read)) return [`${what}: ${read.failure}`]
  return problemsOfLength(what, read.success.text, limit, mayBeEmpty)
}

const problemsOfLength = (what: string, text: string, limit: number, mayBeEmpty = false): ReadonlyArray<string> => {
  if (text.trim() === "" && !mayBeEmpty) return [`${what}: it is empty`]
  return text.length > limit ? [`${what}: ${text.length} characters, over ${limit}`] : []
}

const problemsOfButtons = ({ buttons = [] }: Extract<Shown, { readonly buttons?: unknown }>): ReadonlyArray<string> =>
  buttons.flatMap((button) => {
    if (button.text.trim() === "") return ["button: its text is empty"]
    if ("url" in button) return URL.canParse(button.url) ? [] : [`button "${button.text}": ${button.url} is no address`]
    if ("copy" in button)
      return button.copy.length <= 256 ? [] : [`button "${button.text}": over 256 characters to copy`]
    const bytes = Buffer.byteLength(button.data)
    return bytes > maxData || bytes === 0
      ? [`button "${button.text}": ${bytes} bytes of data, not 1 to ${maxData}`]
      : []
  })
