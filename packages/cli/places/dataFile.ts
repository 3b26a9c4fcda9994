import { existsSync } from "node:fs"
import { join } from "node:path"
import { dataDirectory } from "@concierge/local/host/environment.ts"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** Path of this machine's database, which must be there. */
export const dataFile: Effect.Effect<string, BadInput> = Effect.gen(function* () {
  const data = yield* Effect.mapError(dataDirectory, ({ advice }) => new BadInput({ advice }))
  const path = join(data, "concierge.sqlite")
  if (existsSync(path)) return path
  const advice = `${data} holds no Concierge: run npm start once, name its directory in CONCIERGE_DATA, or a stage with --stage`
  return yield* new BadInput({ advice })
})
