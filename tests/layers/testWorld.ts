import { brand } from "@concierge/brands/concierge/brand.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { TombstoneKeys, WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import * as SqliteEvents from "../../packages/local/store/Events.ts"
import * as SqliteSessions from "../../packages/local/store/Sessions.ts"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import * as SqliteUsers from "../../packages/local/store/Users.ts"
import { mediaLayer } from "./media.ts"
import { metricsLayer } from "./metrics.ts"
import { speechLayer } from "./speech.ts"
import { telegramLayer } from "./telegram.ts"

export const webhookSecret = "webhook-s3cret"
export const botId = "4242"
export const tombstoneKey = "of the tombstones"

export const configLayer = Layer.mergeAll(
  Layer.succeed(Brand, brand),
  Layer.succeed(WebhookConfig, { secret: Redacted.make(webhookSecret), originSecret: undefined }),
  Layer.succeed(WorkerConfig, {
    botToken: Redacted.make(`${botId}:test`),
    telegramApi: "http://127.0.0.1",
    retention: Duration.days(90),
  }),
  Layer.succeed(TombstoneKeys, { key: Redacted.make(tombstoneKey) }),
)

/** Users, events, sessions, settings and the queue. */
export const storesLayer = Layer.mergeAll(
  SqliteUsers.layer,
  SqliteEvents.layer,
  SqliteSessions.layer,
  SqliteSettings.layer,
  SqliteQueue.layer,
)

/** What one container of the worker keeps to itself: another one starts without it. */
export const containerLayer = Composed.layer

/** Telegram, speech, media and metrics as a test wants them. */
export const outsideLayer = Layer.mergeAll(telegramLayer, speechLayer, mediaLayer, metricsLayer)

/** Everything the two programs ask for, on tables and stores that may fail as a test wants them to. */
export const worldOn = <A>(tables: Layer.Layer<Tables.Tables | A>, stores: typeof storesLayer) =>
  containerLayer.pipe(
    Layer.provideMerge(Layer.mergeAll(stores, outsideLayer, configLayer)),
    Layer.provideMerge(tables),
    Layer.provideMerge(Logger.layer([])),
  )

/** Everything the two programs ask for, in memory and shared with no other test. */
export const testWorld = worldOn(Tables.layer(":memory:"), storesLayer)

/** When every test begins. */
export const beginning = Date.UTC(2026, 2, 4, 5, 6, 7)

/** Runs a test in a world of its own, from the same moment and with the same chances every time. */
export const inWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  TestClock.setTime(beginning).pipe(
    Effect.andThen(test),
    Effect.provide(testWorld, { local: true }),
    Random.withSeed("concierge"),
  )
