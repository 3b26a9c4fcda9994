import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Voice } from "@concierge/core/brand/Voice.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ok, wrong } from "./Check.ts"
import { ask, awsCheck } from "./look.ts"

const Ids = Schema.Array(Schema.String)

const idsOf = (engine: Voice["engine"]) =>
  Effect.map(
    ask(Ids, "polly", "describe-voices", "--engine", engine, "--query", "Voices[].Id"),
    (ids) => [engine, ids] as const,
  )

/** Of a language without its voice the greeting arrives as text. */
export const voices = ({ languages }: BrandValue, region: string) => {
  const asked = Object.values(languages).map(({ voice }) => voice)
  return awsCheck(
    "Polly's voices",
    Effect.gen(function* () {
      const engines = [...new Set(asked.map(({ engine }) => engine))]
      const there = new Map(yield* Effect.forEach(engines, idsOf, { concurrency: "unbounded" }))
      const missing = asked.filter(({ engine, id }) => there.get(engine)?.includes(id) !== true)
      const named = (all: ReadonlyArray<Voice>) => all.map(({ engine, id }) => `${id} (${engine})`).join(", ")
      return missing.length === 0
        ? ok(`${named(asked)} in ${region}`)
        : wrong(
            `${named(missing)} not in ${region}`,
            `aws polly describe-voices --region ${region}, and another voice in the brand, or another STAGE_REGION`,
          )
    }),
  )
}
