import { existsSync } from "node:fs"
import { join } from "node:path"
import { botIdOf } from "@concierge/core/config.ts"
import { botToken } from "@concierge/local/host/botToken.ts"
import { dataDirectory, realToken } from "@concierge/local/host/environment.ts"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** This machine's bot: the one of `TELEGRAM_BOT_TOKEN`, or the stand-in's. Its database must be there; `data` is what all bots share. */
export const localBot = Effect.gen(function* () {
  const data = yield* dataDirectory
  const real = yield* realToken
  const directory = real === undefined ? data : join(data, `bot-${botIdOf(real)}`)
  const file = join(directory, "concierge.sqlite")
  if (existsSync(file)) return { data, file, token: real ?? botToken }
  const advice = `${directory} holds no Concierge: run npm start once, name its directory in CONCIERGE_DATA, or a stage with --stage`
  return yield* new BadInput({ advice })
}).pipe(Effect.mapError(({ advice }) => new BadInput({ advice })))

/** Path of this machine's database. */
export const dataFile: Effect.Effect<string, BadInput> = Effect.map(localBot, ({ file }) => file)
