import type { Locale } from "../brand/Locale.ts"

/** How a button looks: what goes on, what comes to an end well, what cannot be undone. Plain unless given. */
export type ButtonStyle = "primary" | "success" | "danger"

export type Button =
  | { readonly text: string; readonly data: string; readonly style?: ButtonStyle }
  | { readonly text: string; readonly url: string }
  | { readonly text: string; readonly copy: string }

/** A message of any kind, in the words of one person. HTML is escaped where it holds somebody's own. */
export type Content = {
  /** One button a row. */
  readonly buttons?: ReadonlyArray<Button>
  /** It can be neither forwarded nor saved. */
  readonly isProtected?: true
} & (
  | {
      readonly _tag: "Text"
      readonly html: string
      /** Telegram's id of an animation that comes with it. */
      readonly effect?: string
    }
  | {
      readonly _tag: "Video"
      readonly key: string
      readonly caption: string
      /** In place of the video, when there is no way of sending it. */
      readonly link: (url: string) => string
      /** Below the link, which is good for minutes: whoever has not seen it by then gets it again. */
      readonly again: Button
    }
  | {
      readonly _tag: "Voice"
      readonly locale: Locale
      /** Plain text, read aloud. */
      readonly spoken: string
      readonly caption: string
      /** In place of the voice, when it is down. */
      readonly written: string
    }
)
