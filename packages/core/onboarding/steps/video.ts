import { type BrandValue, localesOf } from "../../brand/Brand.ts"
import type { Locale } from "../../brand/Locale.ts"
import type { VideoSpec } from "../../brand/Spec.ts"
import type { VideoWords } from "../../brand/Words.ts"
import { escapeHtml } from "../Name.ts"
import { dataOf } from "../Pressed.ts"
import type { StepKind } from "./StepKind.ts"

/** A video in the chat; where there is no way of sending it, a link to it. */
export const video: StepKind<"video", VideoWords> = {
  content: (step, words, { locale, seen }, goOn) => ({
    _tag: "Video",
    key: mediaKey(step, locale),
    caption: words.caption(seen),
    link: (url) => words.link({ ...seen, url: escapeHtml(url) }),
    again: { text: words.again, data: dataOf({ _tag: "Step", data: step.data }) },
    buttons: goOn,
  }),
  again: ({ again }) => again,
  words: ["caption", "link", "again"],
}

/** Of every video of a brand, in every language. */
export const mediaKeysOf = (brand: BrandValue): ReadonlyArray<string> =>
  brand.flow.steps.flatMap((step) =>
    step.kind === "video" ? localesOf(brand).map((locale) => mediaKey(step, locale)) : [],
  )

/** Where the file is, in the brand's folder and in the media store. */
export const mediaKey = ({ asset, version }: Pick<VideoSpec, "asset" | "version">, locale: Locale): string =>
  `media/${asset}/${version}/${asset}_${locale}.mp4`
