import { WebhookConfig } from "@concierge/core/config.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { BotApi, CallError, Refused, Unreachable } from "../../packages/local/bot/BotApi.ts"
import * as Connection from "../../packages/local/bot/Connection.ts"
import * as RealBot from "../../packages/local/bot/RealBot.ts"
import { type Kept, TakenWebhook } from "../../packages/local/bot/TakenWebhook.ts"
import { statusOf } from "../../packages/local/telegram/errors.ts"
import * as StandIn from "../../packages/local/telegram/StandIn.ts"
import { options } from "../fixtures/telegram/bot.ts"
import { metricsLayer } from "./metrics.ts"

/** What a test changes of the world, and what it sees of it. */
export class Stage extends Context.Service<
  Stage,
  {
    /** Undefined: Telegram can be reached. */
    unreachable: string | undefined
    /** Milliseconds. */
    ahead: number
    isQueueFull: boolean
    mayTake: boolean
    /** Closed: no answer comes, however long the call takes. */
    readonly gate: Latch.Latch
    secret: RealBot.RealBotOptions["secret"]
    taken: Kept | undefined
    /** Ids of what the queue has taken, in order. */
    readonly queued: Array<number>
    readonly calls: Array<{ readonly method: string; readonly params: object }>
    /** Of the log, from warnings on. */
    readonly lines: Array<string>
  }
>()("tests/layers/realBot/Stage") {}

const stageLayer = Layer.sync(Stage, () =>
  Stage.of({
    gate: Latch.makeUnsafe(true),
    unreachable: undefined,
    ahead: 0,
    isQueueFull: false,
    mayTake: true,
    secret: Redacted.make("deployed-secret"),
    taken: undefined,
    queued: [],
    calls: [],
    lines: [],
  }),
)

/** Straight to the stand-in, so that the test's clock decides when a poll ends. */
const apiLayer = Layer.effect(
  BotApi,
  Effect.gen(function* () {
    const [stage, standIn] = [yield* Stage, yield* StandIn.StandIn]
    return BotApi.of({
      ahead: Effect.sync(() => stage.ahead),
      call: Effect.fnUntraced(function* (method, params) {
        stage.calls.push({ method, params })
        yield* stage.gate.await
        const failed = (reason: CallError["reason"]) => new CallError({ method, reason })
        if (stage.unreachable !== undefined) return yield* failed(new Unreachable({ why: stage.unreachable }))
        const fault = standIn.faults.take(method)
        if (fault?._tag === "Refuse") {
          const { _tag, ...refusal } = fault
          return yield* failed(new Refused(refusal))
        }
        return yield* standIn
          .call(method, { values: { ...params }, uploads: new Map() })
          .pipe(
            Effect.mapError((error) =>
              failed(new Refused({ status: statusOf(error), description: error.reason.description })),
            ),
          )
      }),
    })
  }),
)

const queueLayer = Layer.effect(
  UpdateQueue,
  Effect.map(Stage, (stage) =>
    UpdateQueue.of({
      send: ({ attributes }) =>
        Effect.suspend(() => {
          if (stage.isQueueFull) {
            return Effect.fail(new UpdateQueueError({ reason: new Unavailable({ cause: new Error("full") }) }))
          }
          stage.queued.push(attributes.updateId)
          return Effect.void
        }),
    }),
  ),
)

const takenLayer = Layer.effect(
  TakenWebhook,
  Effect.map(Stage, (stage) =>
    TakenWebhook.of({
      path: "taken-webhook.json",
      kept: Effect.sync(() => stage.taken),
      keep: (webhook) =>
        Effect.sync(() => {
          stage.taken = webhook
        }),
      forget: Effect.sync(() => {
        stage.taken = undefined
      }),
    }),
  ),
)

const loggerLayer = Layer.unwrap(
  Effect.map(Stage, ({ lines }) =>
    Logger.layer([
      Logger.make(({ logLevel, message }) => {
        const [first] = Array.isArray(message) ? message : [message]
        if (logLevel !== "Debug" && first !== "request") lines.push(String(first))
      }),
    ]),
  ),
)

const botLayer = Layer.unwrap(
  Effect.map(Stage, (stage) =>
    RealBot.layer({
      expected: options.botUsername,
      profile: [
        {
          method: "setMyCommands",
          values: { language_code: "", commands: [{ command: "help", description: "Help" }] },
        },
        { method: "setMyDescription", values: { language_code: "", description: "It greets you." } },
      ],
      mayTake: () => Effect.sync(() => stage.mayTake),
      get secret() {
        return stage.secret
      },
    }),
  ),
)

/** The real bot on a stand-in of its own, with nothing of the machine's. */
export const realBotLayer = botLayer.pipe(
  Layer.provideMerge(Layer.mergeAll(apiLayer, queueLayer, takenLayer, Connection.layer, loggerLayer, metricsLayer)),
  Layer.provideMerge(Layer.succeed(WebhookConfig, { secret: Redacted.make("own"), originSecret: undefined })),
  Layer.provideMerge(Layer.merge(stageLayer, StandIn.layer(options))),
)
