import { type BrandValue, isLocale } from "../brand/Brand.ts"
import type { Locale } from "../brand/Locale.ts"

/** What a button of ours carries: at most 64 bytes of `callback_data`. */
export type Pressed =
  /** Leads to a step. By its data, since the step may be gone. */
  | { readonly _tag: "Step"; readonly data: string }
  | { readonly _tag: "Answer"; readonly question: string; readonly choice: string }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Language" }
  | { readonly _tag: "SetLanguage"; readonly locale: Locale }
  /** `askedAt` in seconds since 1970: a yes is good for ten minutes. */
  | { readonly _tag: "Forget"; readonly askedAt: number }
  | { readonly _tag: "Keep" }

const plain = {
  restart: { _tag: "Restart" },
  language: { _tag: "Language" },
  forget_no: { _tag: "Keep" },
} as const satisfies Record<string, Pressed>

const isPlain = (data: string): data is keyof typeof plain => Object.hasOwn(plain, data)

/** Names that no step's data may have or begin with. */
export const isReserved = (data: string): boolean => isPlain(data) || /^(?:language|forget|answer)(?::|$)/.test(data)

/** The form of a step's data: what has it and is no button of ours is one of a step that is gone. */
export const isStepData = (data: string): boolean => isNamed(data.startsWith("step:") ? data.slice(5) : data, 41)

/** What a question and a choice may be called: in data of another form nobody was ever offered an answer. */
export const isId = (id: string): boolean => isNamed(id, 24)

/** The length apart: V8 takes 1 ms of a cold start to compile a repetition up to 40. */
const isNamed = (text: string, longest: number): boolean => text.length <= longest && /^[a-z][a-z0-9_]*$/.test(text)

/** Undefined: no button that this bot ever had. */
export const pressedOf = (brand: BrandValue, data: string): Pressed | undefined => {
  if (isPlain(data)) return plain[data]
  if (isStepData(data) && !isReserved(data)) return { _tag: "Step", data }
  const [name, value = "", choice, ...more] = data.split(":")
  if (more.length > 0) return undefined
  if (name === "answer" && isId(value) && choice !== undefined && isId(choice)) {
    return { _tag: "Answer", question: value, choice }
  }
  if (choice !== undefined) return undefined
  if (name === "language") return isLocale(brand, value) ? { _tag: "SetLanguage", locale: value } : undefined
  if (name === "forget" && /^(?:0|[1-9]\d{0,11})$/.test(value)) return { _tag: "Forget", askedAt: Number(value) }
  return undefined
}

export const dataOf = (button: Pressed): string => {
  switch (button._tag) {
    case "Step":
      return button.data
    case "Answer":
      return `answer:${button.question}:${button.choice}`
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
