import type { FinishWords } from "../../brand/Words.ts"
import type { StepKind } from "./StepKind.ts"

/** The end of the onboarding, with a button that leads out of the chat where the brand has one. */
export const finish: StepKind<"finish", FinishWords> = {
  content: ({ url }, words, { seen }) => ({
    _tag: "Text",
    html: words.text(seen),
    ...(url !== undefined && { buttons: [{ text: words.link ?? url, url }] }),
  }),
  again: () => undefined,
  words: ["text"],
}
