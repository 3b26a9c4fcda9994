import { flowOf } from "../onboarding/Flow.ts"
import type { BrandValue, Language, Look, SampleLink } from "./Brand.ts"
import { problemOfFlow } from "./problemOfFlow.ts"
import { problemOfLanguages } from "./problemOfLanguages.ts"
import { problemOfLook } from "./problemOfLook.ts"
import type { FlowSpec } from "./Spec.ts"
import type { WordsOf } from "./Words.ts"

/** A brand as its folder writes it down. */
export interface BrandSpec<F extends FlowSpec> {
  /** The name of its folder under `brands/`. */
  readonly id: string
  readonly name: string
  /** The brand's own site, `https://…`. */
  readonly site: string
  /** Of the bot in the stand-in Telegram; the real one's is asked of Telegram. */
  readonly bot: { readonly username: string; readonly name: string }
  readonly look: Look
  /** Campaign links as examples. */
  readonly links: ReadonlyArray<SampleLink>
  /** By the first subtag of their BCP 47 tag; whoever speaks none of them is served in the first. */
  readonly languages: Readonly<Record<string, Language<WordsOf<F>>>>
  readonly flow: F
  /** Whether what its steps send can be neither forwarded nor saved; no unless given. */
  readonly protectsContent?: boolean
}

/** What is wrong with a brand, in one line that names file and field. */
export class BrandError extends Error {
  override readonly name = "BrandError"
}

/** Throws a `BrandError` for what the types cannot see: the build and the start stop with its line. */
export const defineBrand = <const F extends FlowSpec>(spec: BrandSpec<F>): BrandValue => {
  const problem = problemOfFlow(spec.flow) ?? problemOfLanguages(spec) ?? problemOfLook(spec)
  if (problem !== undefined) throw new BrandError(`brands/${spec.id}/${problem}`)
  const [fallback = ""] = Object.keys(spec.languages)
  return { ...spec, fallback, flow: flowOf(spec.flow) }
}
