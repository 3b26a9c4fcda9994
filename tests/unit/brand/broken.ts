import { words as en } from "@concierge/brands/concierge/copy/en.ts"
import type { Language } from "@concierge/core/brand/Brand.ts"
import { type BrandSpec, defineBrand } from "@concierge/core/brand/defineBrand.ts"
import type { FlowSpec } from "@concierge/core/brand/Spec.ts"
import type { WordsOf } from "@concierge/core/brand/Words.ts"

const shared = { button: "On", hint: "Tap", again: "Again" }

/** English for the sound flow, and for steps that some tests add to it. */
const steps = {
  hello: { ...shared, text: () => "Hello" },
  pick: { ...shared, text: () => "Which?", choices: { a: "A", b: "B" }, waiting: "Choose" },
  talk: { ...shared, spoken: () => "Hello", caption: () => "Hello", written: () => "Hello" },
  film: { ...shared, caption: () => "Look", link: () => "Look there" },
  end: { ...shared, text: () => "The end", link: "On" },
}

export const words: WordsOf<FlowSpec> = { ...en, steps }

export const english: Language<WordsOf<FlowSpec>> = {
  name: "English",
  voice: { id: "Amy", engine: "neural", local: "en" },
  words,
}

/** A brand with every kind of step, in which nothing is wrong. */
export const sound: BrandSpec<FlowSpec> = {
  id: "sample",
  name: "Sample",
  site: "https://example.com",
  bot: { username: "sample_bot", name: "Sample" },
  look: { accent: "#123456", accentOnDark: "#abcdef", icon: "S" },
  links: [],
  languages: { en: english },
  flow: [
    { kind: "message", id: "hello" },
    { kind: "question", id: "pick", choices: [{ id: "a" }, { id: "b", next: "end" }] },
    { kind: "voice", id: "talk" },
    { kind: "video", id: "film", asset: "film", version: "v1" },
    { kind: "finish", id: "end", url: "https://example.com/go" },
  ],
}

/** The line with which a brand is refused; undefined where it is not. */
export const lineOf = (change: Partial<BrandSpec<FlowSpec>>): string | undefined => {
  try {
    defineBrand({ ...sound, ...change })
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** The sound flow with other fields in one of its steps, whatever their types. */
export const withStep = (index: number, fields: Readonly<Record<string, unknown>>): FlowSpec =>
  untyped(sound.flow.map((step, place) => (place === index ? { ...step, ...fields } : step)))

/** What the types refuse, and a brand written without them could hold. */
export const untyped = (value: unknown): FlowSpec => JSON.parse(JSON.stringify(value))
