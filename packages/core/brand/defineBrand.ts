import { flowOf } from "../onboarding/Flow.ts"
import type { BrandValue, Language, Look, SampleLink } from "./Brand.ts"
import { problemOfFlow } from "./problemOfFlow.ts"
import { problemOfLanguages } from "./problemOfLanguages.ts"
import { problemOfLook } from "./problemOfLook.ts"
import type { FlowSpec } from "./Spec.ts"
import type { WordsOf } from "./Words.ts"

/** A brand as its folder writes it down. */
export interface BrandSpec<F extends FlowSpec, L extends string = string> {
  /** The name of its folder under `brands/`. */
  readonly id: string
  readonly name: string
  readonly site: string
  /** Of the bot in the stand-in Telegram; the real one's is asked of Telegram. */
  readonly bot: { readonly username: string; readonly name: string }
  readonly look: Look
  readonly links: ReadonlyArray<SampleLink>
  /** By the first subtag of their BCP 47 tag. */
  readonly languages: Readonly<Record<L, Language<WordsOf<F>>>>
  /** For whoever speaks none of them; the first unless given. */
  readonly fallback?: NoInfer<L>
  readonly flow: F
  /** Whether what its steps send can be neither forwarded nor saved; no unless given. */
  readonly protectsContent?: boolean
}

/** What is wrong with a brand, in one line that names file and field. */
export class BrandError extends Error {
  override readonly name = "BrandError"
}

/** Throws a `BrandError` for what the types cannot see: the build and the start stop with its line. */
export const defineBrand = <const F extends FlowSpec, L extends string>(spec: BrandSpec<F, L>): BrandValue => {
  const problem = problemOfFlow(spec.flow) ?? problemOfLanguages(spec) ?? problemOfLook(spec)
  if (problem !== undefined) throw new BrandError(`brands/${spec.id}/${problem}`)
  const all = Object.entries<Language<WordsOf<F>>>(spec.languages)
  const [first = ""] = all.map(([locale]) => locale)
  const fallback = spec.fallback ?? first
  // Wherever they are offered, that one comes first.
  const languages = Object.fromEntries(
    all.toSorted(([one], [other]) => Number(other === fallback) - Number(one === fallback)),
  )
  return { ...spec, languages, fallback, flow: flowOf(spec.flow) }
}
