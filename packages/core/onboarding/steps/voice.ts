import type { VoiceWords } from "../../brand/Words.ts"
import type { StepKind } from "./StepKind.ts"

/** A voice message that says the person's name; where there is no voice to be had, its text. */
export const voice: StepKind<"voice", VoiceWords> = {
  content: (_step, words, { heard, locale, seen }, goOn) => ({
    _tag: "Voice",
    locale,
    spoken: words.spoken(heard),
    caption: words.caption(seen),
    written: words.written(seen),
    buttons: goOn,
  }),
  again: ({ again }) => again,
  words: ["spoken", "caption", "written", "again"],
}
