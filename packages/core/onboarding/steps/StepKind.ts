import type { Locale } from "../../brand/Locale.ts"
import type { Addressee, AnyStepWords, Hearer } from "../../brand/Words.ts"
import type { Button, Content } from "../Content.ts"
import type { Kind, Step, StepOf } from "../Flow.ts"

export interface Recipient {
  readonly locale: Locale
  readonly seen: Addressee
  readonly heard: Hearer
}

/** What is particular to one kind of step: all the rest is the same for every kind. */
export interface StepKind<K extends Kind, W extends AnyStepWords> {
  /** The message, below which stand its own buttons and the one that goes on. */
  content(step: StepOf<K>, words: W, to: Recipient, goOn: ReadonlyArray<Button>): Content
  /** The label under which the menu offers it again; undefined for what is not had twice. */
  again(words: W): string | undefined
  /** Texts that a brand must give for it, beside `button` and `hint`. */
  readonly words: ReadonlyArray<string>
}

/** Any kind, where it is not known which. A step and its words are of one kind: `defineBrand` has seen to it. */
export interface AnyStepKind {
  content(step: Step, words: AnyStepWords, to: Recipient, goOn: ReadonlyArray<Button>): Content
  again(words: AnyStepWords): string | undefined
}
