import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { BadInput } from "../../BadInput.ts"

/** One of the secrets of a stage, which must be set. */
export const needed = (secrets: ReadonlyMap<string, Redacted.Redacted<string>>, name: string, stage: string) => {
  const value = secrets.get(name)
  return value === undefined
    ? Effect.fail(new BadInput({ advice: `${name} is not set: npx sst secret set ${name} --stage ${stage} < <file>` }))
    : Effect.succeed(value)
}
