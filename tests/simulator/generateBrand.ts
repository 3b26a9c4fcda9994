import { brand } from "@concierge/brands/concierge/brand.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { AnyStepSpec, ChoiceSpec } from "@concierge/core/brand/Spec.ts"
import { brandOf, mended } from "../layers/flows.ts"
import { Dice } from "./chance.ts"

const ids = ["a", "b", "c", "d", "e"] as const

/** One seed of so many is of a brand whose flow is generated. */
const generatedEvery = 4

export const isGenerated = (seed: number): boolean => seed % generatedEvery === 1

/** The default brand, or one with a short flow in which a question comes early: runs are short too. */
export const generateBrand = (seed: number): BrandValue => {
  if (!isGenerated(seed)) return brand
  const dice = new Dice("brand", seed)
  const count = 3 + dice.below(3)
  const question = dice.below(2)
  const steps = ids.slice(0, count).map((id, index) => stepOf(id, index, index === question, count, dice))
  return brandOf(mended(steps))
}

const stepOf = (id: string, index: number, isQuestion: boolean, count: number, dice: Dice): AnyStepSpec => {
  const further = (): { readonly next?: string } => {
    const next = ids[index + 1 + dice.below(count - index)]
    return next === undefined || dice.is(0.3) ? {} : { next }
  }
  if (isQuestion || dice.is(0.2)) {
    const [yes, no]: readonly [ChoiceSpec, ChoiceSpec] = [
      { id: "yes", ...further() },
      { id: "no", ...further() },
    ]
    return { kind: "question", id, ...further(), choices: dice.is(0.5) ? [yes, no] : [yes, no, { id: "maybe" }] }
  }
  switch (dice.of(["video", "voice", "message", "message"])) {
    case "video":
      return { kind: "video", id, asset: "welcome", version: "v1", ...further() }
    case "voice":
      return { kind: "voice", id, ...further() }
    default:
      return { kind: "message", id, ...further() }
  }
}
