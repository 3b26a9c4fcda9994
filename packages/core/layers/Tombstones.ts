import { createHmac } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { TombstoneKeys } from "../config.ts"
import { tombstoneLife } from "../delivery/times.ts"
import type { UserId } from "../ids.ts"
import { Settings } from "../services/Settings.ts"
import { Tombstone, Tombstones } from "../services/Tombstones.ts"
import { currentIso, expiresAt } from "../Time.ts"

/** Among the settings, under a hash of the id for which a key is needed that is kept elsewhere. */
export const layer: Layer.Layer<Tombstones, never, Settings | TombstoneKeys> = Layer.effect(
  Tombstones,
  Effect.gen(function* () {
    const settings = yield* Settings
    const { former, key: own } = yield* TombstoneKeys
    const decode = Schema.decodeUnknownOption(Tombstone)
    const keyUnder = (key: Redacted.Redacted<string>, userId: UserId): string =>
      `forgotten#${createHmac("sha256", Redacted.value(key)).update(userId).digest("hex")}`
    const under = (key: Redacted.Redacted<string>, userId: UserId) =>
      Effect.map(settings.get(keyUnder(key, userId)), (value) => decode(Option.getOrUndefined(value)))
    return Tombstones.of({
      put: Effect.fnUntraced(function* (userId, tombstone) {
        const until = expiresAt(yield* currentIso, tombstoneLife)
        yield* settings.put({ key: keyUnder(own, userId), value: tombstone, expiresAt: until })
      }),
      get: Effect.fnUntraced(function* (userId) {
        if (former === undefined || (yield* currentIso) >= former.until) return yield* under(own, userId)
        const keys = [own, former.value]
        const found = yield* Effect.forEach(keys, (key) => under(key, userId), { concurrency: 2 })
        const [latest] = found.flatMap(Option.toArray).sort((one, other) => (one.at < other.at ? 1 : -1))
        return Option.fromNullishOr(latest)
      }),
    })
  }),
)
