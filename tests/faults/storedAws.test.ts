import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { SQSClient } from "@aws-sdk/client-sqs"
import { processBatch } from "@concierge/core/delivery/batch.ts"
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { Consumer } from "../contract/suites/Consumer.ts"
import { loadDynamo, loadSqs, now } from "../fixtures/stored/load.ts"
import { dynamoStores } from "../layers/dynamoStores.ts"
import { dynoxideBinary, dynoxideEndpoint } from "../layers/dynoxide.ts"
import { Emulated, sqsQueue } from "../layers/sqsQueue.ts"
import { containerLayer } from "../layers/testWorld.ts"
import { everybodyGoesOn, forgottenStays, parkedStays, sameAsLeft, waitingIsWorked } from "./stored/takenUp.ts"
import { outside } from "./stored/world.ts"

/** Ten minutes on, so that whatever was delayed is due, and no lock of the dead is held any more. */
const later = 600_000

/** Tables and queues as the version before the present one left them. */
const loaded = Effect.gen(function* () {
  const { deadUrl, url } = yield* Emulated
  const shift = Date.now() - now - later
  const [dynamo, sqs] = [new DynamoDBClient(), new SQSClient()]
  yield* Effect.promise(() => loadDynamo(tables, dynamo, shift))
  yield* Effect.promise(() => loadSqs({ UpdateQueue: url, DeadLetters: deadUrl }, sqs, shift))
  dynamo.destroy()
  sqs.destroy()
})

const worldOn = (stores: ReturnType<typeof dynamoStores>) =>
  containerLayer.pipe(Layer.provideMerge(Layer.mergeAll(stores, sqsQueue, outside)))

/** Works what is visible on the queue, as Lambda does. */
const work = Effect.gen(function* () {
  const { acknowledge, receive } = yield* Consumer
  for (let batch = yield* receive; batch.length > 0; batch = yield* receive) {
    // One by one: on a loaded machine the emulator would take longer for ten than a client waits for one.
    for (const record of batch) {
      const failed = yield* processBatch([record])
      if (failed.length === 0) yield* acknowledge([record.id])
    }
  }
})

const takenUp = (name: string, stores: ReturnType<typeof dynamoStores>) =>
  describe(`tables and queues of shape 1, ${name}`, () => {
    it.live("are taken up: everybody as they were left, what waited worked once, and all go on", () =>
      Effect.gen(function* () {
        yield* loaded
        yield* sameAsLeft
        yield* waitingIsWorked(work)
        yield* parkedStays(work)
        yield* forgottenStays(work)
        yield* everybodyGoesOn(work)
      }).pipe(Effect.provide(worldOn(stores))),
    )
  })

takenUp("dynalite", dynamoStores(dynamoDb))

const binary = dynoxideBinary()
if (binary !== undefined) takenUp("dynoxide", dynamoStores(dynoxideEndpoint(binary)))
