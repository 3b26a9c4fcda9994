import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { makeSynthesizer } from "../speech/synthesizer.ts"
import type { Scene, Who } from "./Scene.ts"

/** An MP3 of every greeting, by what it says; without the optional packages there is none, and it is said why. */
export const greetingsOf = async (
  { languages }: BrandValue,
  scenes: ReadonlyArray<Pick<Scene, "shown">>,
  everybody: ReadonlyArray<Who>,
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const greetings = new Map<string, Uint8Array>()
  const synthesize = await makeSynthesizer().catch((error: unknown) => {
    console.error(`No greeting can be heard. ${error instanceof Error ? error.message : error}`)
    return undefined
  })
  if (synthesize === undefined) return greetings
  for (const { shown } of scenes) {
    for (const who of everybody) {
      const seen = shown(who)
      const voice = languages[who.locale]?.voice.local
      if (seen._tag !== "Voice" || voice === undefined || greetings.has(seen.spoken)) continue
      greetings.set(seen.spoken, synthesize(voice, seen.spoken))
    }
  }
  return greetings
}
