import { randomUUID } from "node:crypto"
import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { usedKinds } from "@concierge/core/updates/Update.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import { requested } from "../log/requested.ts"
import { Connection } from "./Connection.ts"
import { patiently } from "./patiently.ts"

/** How long Telegram holds a poll when there is nothing; a connection that died unseen is noticed soon after. */
const held = Duration.seconds(30)
const within = Duration.seconds(40)

/** While the queue takes nothing, as when the disk is full. */
const refusedWait = Duration.seconds(5)

/** After a week without updates Telegram begins anew at any number: by then nothing must be said of earlier ones. */
const quiet = Duration.days(6)

const Updates = Schema.Array(
  Schema.StructWithRest(Schema.Struct({ update_id: Schema.Int }), [Schema.Record(Schema.String, Schema.Unknown)]),
)
type Received = (typeof Updates.Type)[number]
const decode = Schema.decodeUnknownEffect(Updates)

/**
 * Takes updates in, for ever. `offset` tells Telegram which of them it need not give again: it moves past an update only
 * when the queue has it on the disk. Whatever kills this in between, the rest is given again, and what is given twice is
 * worked once.
 */
export const pollUpdates = Effect.fnUntraced(function* (offset: Ref.Ref<number | undefined>) {
  const connection = yield* Connection
  let last = yield* Clock.currentTimeMillis
  while (true) {
    if ((yield* Clock.currentTimeMillis) - last > Duration.toMillis(quiet)) yield* Ref.set(offset, undefined)
    const from = yield* Ref.get(offset)
    const answer = yield* patiently(
      "getUpdates",
      { ...(from !== undefined && { offset: from }), timeout: Duration.toSeconds(held), allowed_updates: usedKinds },
      within,
    )
    yield* connection.well
    const updates = yield* Effect.orDie(decode(answer))
    if (updates.length > 0) last = yield* Clock.currentTimeMillis
    for (let left = updates; left.length > 0; ) {
      left = yield* Effect.uninterruptible(takeIn(left, offset))
      if (left.length > 0) yield* Effect.sleep(refusedWait)
    }
  }
})

/** Gives those that the queue did not take, from the first on. */
const takeIn = Effect.fnUntraced(function* (updates: ReadonlyArray<Received>, offset: Ref.Ref<number | undefined>) {
  // At once, so that they share a commit; the queue keeps the order in which it is asked.
  const taken = yield* Effect.forEach(updates, receive, { concurrency: "unbounded" })
  const refused = taken.indexOf(false)
  const left = refused < 0 ? [] : updates.slice(refused)
  const next = left[0]?.update_id ?? (updates.at(-1)?.update_id ?? 0) + 1
  yield* Ref.set(offset, next)
  return left
})

/** Through the same door as the webhook's. False: it is to be brought again. */
const receive = Effect.fnUntraced(function* (update: Received) {
  const { secret } = yield* WebhookConfig
  const correlationId = randomUUID()
  const receiving = receiveUpdate({
    method: "POST",
    header: (name) =>
      name === "x-telegram-bot-api-secret-token" && secret !== undefined ? Redacted.value(secret) : undefined,
    body: Effect.sync(() => new TextEncoder().encode(JSON.stringify(update))),
    correlationId,
  })
  const { body, status } = yield* requested(receiving, correlationId)
  if (status >= 500) return false
  if (status !== 200) yield* Effect.logError("an update is left out", { updateId: update.update_id, status, body })
  return true
})
