import { retention } from "@concierge/core/retention.ts"
import { tombstones as limits } from "./limits.ts"
import { type Secrets, secret } from "./secrets.ts"
import { isTombstoneKey } from "./shapes.ts"
import type { Stage } from "./stage.ts"

const day = 24 * 60 * 60 * 1000

/**
 * What the worker hashes those under who were forgotten: generated once, and not the bot's token, which changes. A stage
 * from before has hashes under its token, so that is remembered with it, for as long as such a hash is kept.
 */
export const tombstoneKey = (stage: Stage, { botToken }: Secrets) => {
  // The copies have hashes under the lost stage's key, which nobody can generate.
  if (stage.recovery)
    return secret(stage, "TombstoneKey", isTombstoneKey, "the lost stage's, or a new one: docs/deploy.md")
  const until = new Date(Date.now() + retention.formerTombstoneKey * day).toISOString()
  const key = new random.RandomPassword(
    "TombstonePassword",
    { length: limits.keyLength, special: false, keepers: { former: $interpolate`${botToken.value}@${until}` } },
    // Another token makes no other key, and every later plan another moment.
    { ignoreChanges: ["keepers"] },
  )
  const former = key.keepers.apply((keepers) => keepers?.former ?? "")
  return new sst.Linkable("TombstoneKey", { properties: { value: key.result, former } })
}
