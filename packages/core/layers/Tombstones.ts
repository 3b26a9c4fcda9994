import { createHmac } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { WorkerConfig } from "../config.ts"
import { tombstoneLife } from "../delivery/times.ts"
import type { UserId } from "../ids.ts"
import { Settings } from "../services/Settings.ts"
import { Tombstone, Tombstones } from "../services/Tombstones.ts"
import { currentIso, expiresAt } from "../Time.ts"

/** Among the settings, under a hash of the id for which the bot's token is needed. */
export const layer: Layer.Layer<Tombstones, never, Settings | WorkerConfig> = Layer.effect(
  Tombstones,
  Effect.gen(function* () {
    const settings = yield* Settings
    const { botToken } = yield* WorkerConfig
    const decode = Schema.decodeUnknownOption(Tombstone)
    const keyOf = (userId: UserId): string =>
      `forgotten#${createHmac("sha256", Redacted.value(botToken)).update(userId).digest("hex")}`
    return Tombstones.of({
      put: Effect.fnUntraced(function* (userId, tombstone) {
        const until = expiresAt(yield* currentIso, tombstoneLife)
        yield* settings.put({ key: keyOf(userId), value: tombstone, expiresAt: until })
      }),
      get: (userId) => Effect.map(settings.get(keyOf(userId)), (value) => decode(Option.getOrUndefined(value))),
    })
  }),
)
