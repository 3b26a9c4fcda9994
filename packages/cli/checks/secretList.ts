import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { sst } from "../stage/sst.ts"
import { wrong } from "./Check.ts"
import type { SecretValues } from "./secrets.ts"

/** As SST has them, also before the first deploy. Asked once. */
export const secretList = (stage: string): Effect.Effect<SecretValues> =>
  sst(stage).secrets.pipe(
    Effect.map((found) => new Map([...found].map(([name, value]) => [name, Redacted.value(value)]))),
    Effect.mapError(({ advice }) => wrong(`SST cannot list them: ${advice}`, `npx sst secret list --stage ${stage}`)),
    Effect.cached,
  )
