import type { Locale } from "../brand/Locale.ts"

export type Button = { readonly text: string; readonly data: string } | { readonly text: string; readonly url: string }

/** A message of any kind, in the words of one person. HTML is escaped where it holds somebody's own. */
export type Content = {
  /** One button a row. */
  readonly buttons?: ReadonlyArray<Button>
} & (
  | { readonly _tag: "Text"; readonly html: string }
  | {
      readonly _tag: "Video"
      /** Of the object in the media store. */
      readonly key: string
      readonly caption: string
      /** In place of the video, when there is no way of sending it. */
      readonly link: (url: string) => string
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
