import type { Locale } from "../brand/Locale.ts"
import { locales } from "../brand/Locale.ts"

/** What a button of ours carries: at most 64 bytes of `callback_data`. */
export type Button =
  | { readonly _tag: "WatchVideo" }
  | { readonly _tag: "PlayAudio" }
  | { readonly _tag: "Finish" }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Language" }
  | { readonly _tag: "SetLanguage"; readonly locale: Locale }
  /** `askedAt` in seconds since 1970: a yes is good for ten minutes. */
  | { readonly _tag: "Forget"; readonly askedAt: number }
  | { readonly _tag: "Keep" }

const plain = {
  watch_video: { _tag: "WatchVideo" },
  play_audio: { _tag: "PlayAudio" },
  finish: { _tag: "Finish" },
  restart: { _tag: "Restart" },
  language: { _tag: "Language" },
  forget_no: { _tag: "Keep" },
} as const satisfies Record<string, Button>

const isPlain = (data: string): data is keyof typeof plain => Object.hasOwn(plain, data)

/** Undefined: a button of another bot's, or of a version long gone. */
export const buttonOf = (data: string): Button | undefined => {
  if (isPlain(data)) return plain[data]
  const [name, value, ...more] = data.split(":")
  if (more.length > 0) return undefined
  if (name === "language") {
    const locale = locales.find((locale) => locale === value)
    return locale && { _tag: "SetLanguage", locale }
  }
  if (name === "forget" && value !== undefined && /^(?:0|[1-9]\d{0,11})$/.test(value)) {
    return { _tag: "Forget", askedAt: Number(value) }
  }
  return undefined
}

export const dataOf = (button: Button): string => {
  switch (button._tag) {
    case "WatchVideo":
      return "watch_video"
    case "PlayAudio":
      return "play_audio"
    case "Finish":
      return "finish"
    case "Restart":
      return "restart"
    case "Language":
      return "language"
    case "SetLanguage":
      return `language:${button.locale}`
    case "Forget":
      return `forget:${button.askedAt}`
    case "Keep":
      return "forget_no"
  }
}
