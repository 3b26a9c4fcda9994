import { join } from "node:path"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { botToken } from "../../packages/local/host/botToken.ts"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import * as StandIn from "../../packages/local/telegram/StandIn.ts"
import { tell } from "./parent.ts"
import { payload, personOf } from "./update.ts"

/** Before the host runs, so many people tap /start; the first of what the stand-in Telegram tells of it are queued. */
const { data, people, queued }: { data: string; people: number; queued: number } = JSON.parse(process.argv[2] ?? "")

const Updates = Schema.decodeUnknownEffect(Schema.Array(Schema.Struct({ update_id: Schema.Int, message: Schema.Json })))

const bytes = new TextEncoder()
const none = new Map()

const seed = Effect.gen(function* () {
  const telegram = yield* StandIn.StandIn
  const queue = yield* UpdateQueue
  for (let id = 1; id <= people; id++) {
    const from = { first_name: "Ana María", last_name: "Benchmark", username: `ana_${id}`, language_code: "es" }
    yield* telegram.send({ chatId: personOf(id), from, text: `/start ${payload}` })
  }
  for (let offset = 0, left = queued; left > 0; ) {
    const limit = Math.min(100, left)
    const told = yield* telegram.call("getUpdates", { values: { offset, limit }, uploads: none })
    const updates = yield* Updates(told)
    yield* Effect.forEach(updates, (update) => queue.send(messageOf(update)), { concurrency: limit, discard: true })
    offset = Math.max(...updates.map(({ update_id }) => update_id)) + 1
    left -= updates.length
  }
  yield* telegram.call("deleteWebhook", { values: { drop_pending_updates: true }, uploads: none })
})

const messageOf = (update: object) => {
  const { group, json, kind, updateId } = Result.getOrThrow(envelopeOf(bytes.encode(JSON.stringify(update))))
  const receivedAt = toIso(Date.now())
  return {
    body: json,
    group,
    attributes: { updateId, kind, receivedAt, correlationId: `bench-${updateId}`, attempt: 0 },
  }
}

const telegram = StandIn.layer({
  path: join(data, "telegram.sqlite"),
  botToken: Redacted.value(botToken),
  botUsername: brand.bot.username,
  botName: brand.bot.name,
})
const tables = Layer.provide(SqliteQueue.layer, Tables.layer(join(data, "concierge.sqlite")))

await Effect.runPromise(Effect.provide(seed, Layer.mergeAll(telegram, tables)))
tell("seeded")
