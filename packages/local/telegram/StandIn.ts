import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { Act, BadAct } from "./act.ts"
import * as Chats from "./Chats.ts"
import * as Commands from "./Commands.ts"
import * as Database from "./Database.ts"
import * as Delivery from "./Delivery.ts"
import * as Descriptions from "./Descriptions.ts"
import { type BotApiError, notFound } from "./errors.ts"
import type { Injection } from "./Fault.ts"
import * as Faults from "./Faults.ts"
import * as Files from "./files/Files.ts"
import * as Limits from "./Limits.ts"
import * as Messages from "./Messages.ts"
import type { World } from "./methods/method.ts"
import { methodByName } from "./methods/methodByName.ts"
import { decodeMessage, type Message } from "./model.ts"
import { Options, type StandInOptions } from "./Options.ts"
import * as Person from "./Person.ts"
import * as Polling from "./Polling.ts"
import type { Params } from "./params.ts"
import type { Tap } from "./Taps.ts"
import * as Taps from "./Taps.ts"
import * as Topics from "./Topics.ts"
import { bounds, tidy } from "./tidy.ts"
import * as Updates from "./Updates.ts"
import * as Webhook from "./Webhook.ts"
import { writerOf } from "./writerOf.ts"

export interface Download {
  readonly bytes: Uint8Array
  readonly contentType: string
}

export interface Counters {
  /** Messages accepted from the bot. */
  readonly sent: number
  /** Updates that the bot has not taken yet. */
  readonly pending: number
}

/** Telegram, as far as one bot needs it: the people's side, the bot's side and what tests do to it. */
export class StandIn extends Context.Service<
  StandIn,
  {
    readonly botToken: string
    /** As a person: returns the update's id. */
    send(act: Act): Effect.Effect<number, BadAct>
    /** An update of any kind and content, delivered in order within `queue`. */
    update(kind: string, payload: object, queue: string): Effect.Effect<number>
    /**
     * Meets who wrote an update that somebody else brought to the bot: Telegram would not have told of them had they not
     * written. Those whom it knows stay as they are.
     */
    acquaint(update: string): Effect.Effect<void>
    /** As the bot: what `POST /bot<token>/<method>` does. */
    call(method: string, params: Params): Effect.Effect<unknown, BotApiError>
    /** What the bot sent into a chat, oldest first. */
    messages(chatId: number): Effect.Effect<ReadonlyArray<Message>>
    /** As a person of the chat. False: there is no such message. */
    removeMessage(chatId: number, messageId: number): Effect.Effect<boolean>
    /** What the bot sent as a JSON array, or the whole conversation. */
    messagesJson(chatId: number, authors: "bot" | "all"): Effect.Effect<string>
    /** The taps in a chat and what the bot answered to each. */
    taps(chatId: number): Effect.Effect<ReadonlyArray<Tap>>
    file(by: { readonly fileId: string } | { readonly path: string }): Effect.Effect<Download | undefined>
    readonly counters: Effect.Effect<Counters>
    /** The next calls of a method fail. */
    readonly faults: Faults.Faults["Service"]
    /** Which calls are refused with 429. */
    readonly limits: Limits.Limits["Service"]
    inject(injection: Injection): Effect.Effect<void>
    /** Undefined: nobody can be killed here. */
    readonly kill: Effect.Effect<void> | undefined
  }
>()("@concierge/local/telegram/StandIn") {}

const onItsParts = Layer.effect(
  StandIn,
  Effect.gen(function* () {
    const { botToken, kill } = yield* Options
    const world = yield* Effect.context<World>()
    const [person, messages, taps] = [yield* Person.Person, yield* Messages.Messages, yield* Taps.Taps]
    const [files, updates, faults, limits] = [
      yield* Files.Files,
      yield* Updates.Updates,
      yield* Faults.Faults,
      yield* Limits.Limits,
    ]
    const chats = yield* Chats.Chats
    yield* Effect.forkScoped(Effect.repeat(tidy(bounds), Schedule.spaced("1 hour")))

    // On the path of every message of a load test: no spans, and nothing else of the caller's.
    const inWorld = (_: Context.Context<never>) => world
    const call = (name: string, params: Params) => {
      const method = methodByName.get(name.toLowerCase())
      return method === undefined ? Effect.fail(notFound) : Effect.updateContext(method(params), inWorld)
    }

    return StandIn.of({
      botToken,
      call,
      send: person.act,
      update: Effect.fn("StandIn.update")(person.update),
      acquaint: (update) =>
        Effect.sync(() => {
          const writer = writerOf(update)
          if (writer === undefined || chats.knows(writer.chatId)) return
          const { id, ...profile } = writer.from
          chats.enter(writer.chatId, chats.meet(id, profile))
        }),
      messages: Effect.fn("StandIn.messages")((chatId) =>
        Effect.sync(() => messages.json(chatId, "bot").map((json) => decodeMessage(json))),
      ),
      removeMessage: (chatId, messageId) => Effect.sync(() => messages.remove(chatId, messageId)),
      messagesJson: Effect.fn("StandIn.messagesJson")((chatId, authors) =>
        Effect.sync(() => `[${messages.json(chatId, authors).join(",")}]`),
      ),
      taps: Effect.fn("StandIn.taps")((chatId) => Effect.sync(() => taps.list(chatId))),
      file: Effect.fn("StandIn.file")((by) =>
        Effect.sync(() => {
          const stored = "path" in by ? files.at(by.path) : files.get(by.fileId)
          if (stored === undefined) return undefined
          return { bytes: files.bytes(stored.media.file_id), contentType: stored.media.mime_type }
        }),
      ),
      counters: Effect.sync(() => ({ sent: messages.sent(), pending: updates.count() })),
      faults,
      limits,
      inject: (injection) => Effect.sync(() => faults.inject(injection)),
      kill,
    })
  }),
)

/** Over any HTTP client: it delivers updates and fetches media. */
export const layerWithClient = (options: StandInOptions): Layer.Layer<StandIn, never, HttpClient.HttpClient> =>
  onItsParts.pipe(
    Layer.provide(Person.layer),
    Layer.provide(Layer.mergeAll(Delivery.layer, Polling.layer)),
    Layer.provide(stores),
    Layer.provide(Database.layer),
    Layer.provide(Layer.succeed(Options, options)),
  )

export const layer = (options: StandInOptions): Layer.Layer<StandIn> =>
  Layer.provide(layerWithClient(options), NodeHttpClient.layerUndici)

const stores = Layer.mergeAll(
  Chats.layer,
  Commands.layer,
  Descriptions.layer,
  Faults.layer,
  Files.layer,
  Limits.layer,
  Messages.layer,
  Taps.layer,
  Topics.layer,
  Updates.layer,
  Webhook.layer,
)
