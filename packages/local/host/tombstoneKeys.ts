import { dirname, join } from "node:path"
import type { TombstoneKeys } from "@concierge/core/config.ts"
import { formerTombstonesUntil } from "@concierge/core/delivery/times.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as Redacted from "effect/Redacted"
import { keptSecret } from "./keptSecret.ts"

/**
 * The key that a bot's tombstones are hashed under: made once, in a file beside the tables (never in them). Where tables
 * were there before it, they have hashes under the bot's token, which are read for as long as one is kept.
 */
export const tombstoneKeys = Effect.fnUntraced(function* (tables: string, botToken: Redacted.Redacted<string>) {
  const fs = yield* FileSystem.FileSystem
  const { former, value } = yield* keptSecret(
    join(dirname(tables), "tombstones.key"),
    Effect.gen(function* () {
      const until = formerTombstonesUntil(yield* currentIso)
      return (yield* fs.exists(tables)) ? { value: botToken, until } : undefined
    }),
  )
  return { key: value, former } satisfies TombstoneKeys["Service"]
})
