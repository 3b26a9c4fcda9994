import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { workerHandler } from "../../../packages/functions/workerHandler.ts"
import * as SqliteQueue from "../../../packages/local/queue/LocalQueue.ts"
import * as SqliteEvents from "../../../packages/local/store/Events.ts"
import * as SqliteSessions from "../../../packages/local/store/Sessions.ts"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import * as SqliteUsers from "../../../packages/local/store/Users.ts"
import { context } from "../../fixtures/aws/context.ts"
import { sqsEvent, sqsRecord } from "../../fixtures/aws/sqsEvent.ts"
import { brandLayer } from "../../layers/brand.ts"

const config = { botToken: Redacted.make("4242:token"), telegramApi: "http://127.0.0.1", retention: Duration.days(90) }

const tombstoneKeys = Layer.succeed(TombstoneKeys, { key: Redacted.make("of the tombstones") })

/** The handler as in a container, on stores in memory. Nothing is sent here: polls concern nobody. */
const container = () => {
  const emitted: Array<Record<string, unknown>> = []
  const stores = Layer.mergeAll(
    SqliteUsers.layer,
    SqliteEvents.layer,
    SqliteSessions.layer,
    SqliteSettings.layer,
    SqliteQueue.layer,
  )
  const layer = Layer.mergeAll(
    Composed.layer.pipe(
      Layer.provideMerge(Layer.mergeAll(stores, Layer.mock(Media, {}), Layer.mock(Speech, { voice: () => "Matthew" }))),
    ),
    Layer.mock(Telegram, {}),
    Logger.layer([]),
  ).pipe(
    Layer.provideMerge(MetricsEmf.layer({ stage: "test", write: (line) => emitted.push(JSON.parse(line)) })),
    Layer.provideMerge(Layer.mergeAll(Layer.succeed(WorkerConfig, config), tombstoneKeys, brandLayer)),
    Layer.provide(Tables.layer(":memory:")),
  )
  const handler = workerHandler(layer)
  const work = (...records: Parameters<typeof sqsEvent>) => Effect.promise(() => handler(sqsEvent(...records), context))
  return { emitted, handler, work }
}

const failures = (...ids: ReadonlyArray<string>) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
})

describe("worker", () => {
  it.effect("a batch that was worked has no failures", () =>
    Effect.gen(function* () {
      const { emitted, work } = container()
      assert.deepStrictEqual(yield* work(sqsRecord("a", 1), sqsRecord("b", 2)), failures())
      assert.deepInclude(emitted[0], { WorkerRecords: 2, UpdatesIgnored: 2 })
      assert.notProperty(emitted[0], "FailedRecords")
    }),
  )

  it.effect("a duplicate is worked once", () =>
    Effect.gen(function* () {
      const { work } = container()
      assert.deepStrictEqual(yield* work(sqsRecord("a", 1), sqsRecord("b", 1)), failures())
      assert.deepStrictEqual(yield* work(sqsRecord("a", 1)), failures())
    }),
  )

  it.effect("records that are none of ours fail alone", () =>
    Effect.gen(function* () {
      const { emitted, work } = container()
      const { attempt: _, ...withoutAttempt } = sqsRecord("", 4).messageAttributes
      const batch = [
        sqsRecord("foreign", 1, { messageAttributes: {} }),
        sqsRecord("good", 2),
        sqsRecord("broken body", 3, { body: "hello" }),
        sqsRecord("half ours", 4, { messageAttributes: withoutAttempt }),
      ]
      assert.deepStrictEqual(yield* work(...batch), failures("foreign", "half ours", "broken body"))
      assert.deepInclude(emitted[0], { WorkerRecords: 4, FailedRecords: 3, UpdatesIgnored: 1 })
    }),
  )

  it.effect("a record that lost its group is worked", () =>
    Effect.gen(function* () {
      const { work } = container()
      const { MessageGroupId: _, ...attributes } = sqsRecord("a", 1).attributes
      assert.deepStrictEqual(yield* work(sqsRecord("a", 1, { attributes })), failures())
    }),
  )

  it.effect("a batch for which no time is left is handed back", () =>
    Effect.gen(function* () {
      const { handler } = container()
      const late = { ...context, getRemainingTimeInMillis: () => 1_000 }
      const answer = yield* Effect.promise(() => handler(sqsEvent(sqsRecord("a", 1), sqsRecord("b", 2)), late))
      assert.deepStrictEqual(answer, failures("a", "b"))
    }),
  )

  it.effect("an empty batch has no failures", () =>
    Effect.gen(function* () {
      const { work } = container()
      assert.deepStrictEqual(yield* work(), failures())
    }),
  )

  it.effect("what is no batch at all is thrown back, to come again as a whole", () =>
    Effect.gen(function* () {
      const { handler } = container()
      const thrown = yield* Effect.flip(Effect.tryPromise(() => handler({ Records: [{}] }, context)))
      assert.include(String(thrown.cause), "The batch was not worked")
    }),
  )
})
