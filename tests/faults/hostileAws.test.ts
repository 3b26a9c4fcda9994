import { processBatch } from "@concierge/core/delivery/batch.ts"
import { listParked } from "@concierge/core/operate/listParked.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { nextBatch, receive } from "../layers/drive.ts"
import { dynamoStores } from "../layers/dynamoStores.ts"
import { configLayer, containerLayer, outsideLayer } from "../layers/testWorld.ts"
import { Dice } from "../simulator/chance.ts"
import { bodyOf, nonsense } from "./hostile/bodies.ts"
import { mutated } from "./hostile/mutate.ts"

/** Everything the two programs ask for, on DynamoDB: it has limits that a file has not. */
const world = containerLayer.pipe(
  Layer.provideMerge(Layer.mergeAll(dynamoStores(dynamoDb), SqliteQueue.layer, outsideLayer, configLayer)),
  Layer.provideMerge(Tables.layer(":memory:")),
  Layer.provideMerge(Logger.layer([])),
)

/** Works what is on the queue, once: the ids of the updates that were not. */
const workOff = Effect.gen(function* () {
  const queue = yield* LocalQueue
  const left: Array<number> = []
  for (let records = yield* nextBatch; records.length > 0; records = yield* nextBatch) {
    const failed = yield* processBatch(records)
    yield* queue.acknowledge(records.map(({ id }) => id))
    left.push(...records.filter(({ id }) => failed.includes(id)).map(({ update }) => update.attributes.updateId))
  }
  return left
})

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const bodies = process.env.CI === undefined ? 300 : 2_000

layer(world, { excludeTestServices: true })("on DynamoDB", (it) => {
  it.effect.each(nonsense)("%s: an answer from the table, and an outcome at the first receive", ([, body, expected]) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* receive(typeof body === "string" ? encode(body) : body)).status, expected)
      assert.isEmpty(yield* workOff)
    }),
  )

  it.effect("the largest that is parked is kept as it came", () =>
    Effect.gen(function* () {
      const text = "😀".repeat(65_000)
      const body = `{"update_id":9000000099,"message":{"text":"${text}"}}`
      assert.strictEqual((yield* receive(encode(body))).status, 200)
      assert.isEmpty(yield* workOff)
      const { updates } = yield* listParked(100)
      assert.strictEqual(updates.find(({ eventId }) => eventId === "4242:9000000099")?.json, body)
    }),
  )

  it.effect("whatever a fuzzer makes of updates: an outcome for every 200", () =>
    Effect.gen(function* () {
      const dice = new Dice("hostile bodies for DynamoDB")
      let accepted = 0
      for (let count = 0; count < bodies; count++) {
        const bytes = mutated(dice, bodyOf(dice))
        if ((yield* receive(bytes)).status !== 200) continue
        accepted += 1
        assert.isEmpty(yield* workOff, new TextDecoder().decode(bytes).slice(0, 500))
      }
      assert.isAbove(accepted, bodies / 10)
    }),
  )
})
