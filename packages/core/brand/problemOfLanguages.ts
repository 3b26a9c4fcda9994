import { wordsOfKind } from "../onboarding/steps/kinds.ts"
import type { Language } from "./Brand.ts"
import { problemOfVoice } from "./pollyVoices.ts"
import type { AnyStepSpec, FlowSpec } from "./Spec.ts"

interface Spoken {
  readonly flow: FlowSpec
  readonly languages: Readonly<Record<string, Language<unknown>>>
  readonly fallback?: string
}

/** What is wrong with a brand's languages, naming file and field: what is missing there, the types refuse as well. */
export const problemOfLanguages = ({ fallback, flow, languages }: Spoken): string | undefined => {
  const named = Object.entries(languages)
  if (named.length === 0) return "brand.ts: languages: it has none"
  if (fallback !== undefined && !Object.hasOwn(languages, fallback)) {
    return `brand.ts: fallback: there is no language "${fallback}"`
  }
  for (const [locale, { name, voice, words }] of named) {
    const file = `copy/${locale}.ts`
    if (!/^[a-z]{2,3}$/.test(locale)) return `copy/languages.ts: "${locale}" is no language's code such as en`
    if (name.trim() === "") return `${file}: name: it is empty`
    const problem = problemOfVoice(locale, voice)
    if (problem !== undefined) return `${file}: voice: ${problem}`
    const missing = missingWords(flow, words)
    if (missing !== undefined) return `${file}: steps.${missing}: it is missing`
    const description = fieldOf(words, "description")
    for (const [field, limit] of Object.entries({ long: 512, short: 120 })) {
      const text = fieldOf(description, field)
      if (typeof text !== "string" || text === "") return `${file}: description.${field}: it is missing`
      if (text.length > limit) return `${file}: description.${field}: it is over ${limit} characters`
    }
  }
  return undefined
}

const missingWords = (flow: FlowSpec, words: unknown): string | undefined => {
  for (const step of flow) {
    const given = fieldOf(fieldOf(words, "steps"), step.id)
    for (const field of [...wordsOfKind(step.kind), ...wordsOfEnd(step)]) {
      if (isMissing(fieldOf(given, field))) return `${step.id}.${field}`
    }
    if (step.kind !== "question") continue
    for (const { id } of step.choices) {
      if (isMissing(fieldOf(fieldOf(given, "choices"), id))) return `${step.id}.choices.${id}`
    }
  }
  return undefined
}

const wordsOfEnd = (step: AnyStepSpec): ReadonlyArray<string> =>
  step.kind !== "finish"
    ? []
    : [...(step.url === undefined ? [] : ["link"]), ...(step.code === undefined ? [] : ["copy"])]

const isMissing = (value: unknown): boolean => value === undefined || value === ""

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined
