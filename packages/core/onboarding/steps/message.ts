import type { MessageWords } from "../../brand/Words.ts"
import type { StepKind } from "./StepKind.ts"

export const message: StepKind<"message", MessageWords> = {
  content: (_step, words, { seen }, goOn) => ({ _tag: "Text", html: words.text(seen), buttons: goOn }),
  again: ({ again }) => again,
  words: ["text", "again"],
}
