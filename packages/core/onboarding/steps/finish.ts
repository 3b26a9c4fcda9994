import type { FinishWords } from "../../brand/Words.ts"
import type { StepKind } from "./StepKind.ts"

/** The end of the onboarding, with a button that leads out of the chat, and one that copies a code, where the brand has them. */
export const finish: StepKind<"finish", FinishWords> = {
  content: ({ code, effect, url }, words, { seen }) => {
    const buttons = [
      ...(url === undefined ? [] : [{ text: words.link ?? url, url }]),
      ...(code === undefined ? [] : [{ text: words.copy ?? code, copy: code }]),
    ]
    return {
      _tag: "Text",
      html: words.text(seen),
      ...(buttons.length > 0 && { buttons }),
      ...(effect !== undefined && { effect }),
    }
  },
  again: () => undefined,
  words: ["text"],
}
