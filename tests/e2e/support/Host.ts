import { readFile } from "node:fs/promises"
import { User } from "@concierge/core/onboarding/User.ts"
import { Event } from "@concierge/core/updates/Event.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { Message } from "../../../packages/local/telegram/model.ts"
import { eventually } from "./eventually.ts"
import { ask, type Body, json } from "./http.ts"
import { announced, type Running, root, runIn, temporaryDirectory } from "./process.ts"

const Stats = Schema.Struct({
  accepted: Schema.Int,
  applied: Schema.Int,
  ignored: Schema.Int,
  parked: Schema.Int,
  dead: Schema.Int,
  queued: Schema.Int,
  sent: Schema.Int,
})
export type Stats = typeof Stats.Type

const Sent = Schema.Struct({ ok: Schema.Literal(true), updateId: Schema.Int })

/** A running host, seen through its public endpoints and nothing else. */
export interface Endpoints {
  readonly url: string
  readonly process: Running
  /** Of the webhook. */
  readonly secret: string
  /** Acts as a person; the update's id. */
  readonly send: (act: object) => Effect.Effect<number>
  /** To the webhook, as Telegram does; what is no object, as it is. */
  readonly post: (
    update: object | string | Uint8Array<ArrayBuffer>,
    headers?: Readonly<Record<string, string>>,
  ) => Effect.Effect<Body>
  readonly messages: (chatId: number) => Effect.Effect<ReadonlyArray<typeof Message.Type>>
  /** Undefined: not known. */
  readonly user: (id: number) => Effect.Effect<User | undefined>
  readonly event: (updateId: number) => Effect.Effect<Event | undefined>
  /** The event, once the update has come to its end. */
  readonly outcome: (updateId: number) => Effect.Effect<Event>
  readonly stats: Effect.Effect<Stats>
  /** The counts, once nothing is queued. */
  readonly settled: Effect.Effect<Stats>
}

export const start = (settings: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) =>
  startIn(root, settings, ...args)

/** In another copy of the repository. */
export const startIn = Effect.fnUntraced(function* (
  cwd: string,
  settings: Readonly<Record<string, string>>,
  ...args: ReadonlyArray<string>
): Effect.fn.Return<Endpoints, never, Scope.Scope> {
  const process = yield* runIn(cwd, { PORT: "0", ...settings }, ...args)
  const { secretPath, url } = yield* announced(process)
  const secret = yield* Effect.promise(() => readFile(secretPath, "utf8"))
  const event = (updateId: number) => json(`${url}/sandbox/events/${updateId}`, Event)
  const stats = Effect.flatMap(json(`${url}/sandbox/stats`, Stats), (stats) =>
    stats === undefined ? Effect.die("no stats") : Effect.succeed(stats),
  )
  return {
    url,
    process,
    secret,
    send: (act) =>
      ask(`${url}/sandbox/send`, { method: "POST", body: JSON.stringify(act) }).pipe(
        Effect.flatMap(({ text }) => Schema.decodeUnknownEffect(Schema.fromJsonString(Sent))(text)),
        Effect.map(({ updateId }) => updateId),
        Effect.orDie,
      ),
    post: (update, headers = {}) =>
      ask(`${url}/telegram/webhook`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret, ...headers },
        body: typeof update === "string" || update instanceof Uint8Array ? update : JSON.stringify(update),
      }),
    messages: (chatId) =>
      Effect.map(json(`${url}/sandbox/chats/${chatId}/messages`, Schema.Array(Message)), (found) => found ?? []),
    user: (id) => json(`${url}/sandbox/users/telegram_${id}`, User),
    event,
    outcome: (updateId) =>
      eventually(
        `the outcome of update ${updateId}`,
        Effect.map(event(updateId), (found) => (found?.outcome === undefined ? undefined : found)),
      ),
    stats,
    settled: eventually(
      "an empty queue",
      Effect.map(stats, (stats) => (stats.queued === 0 ? stats : undefined)),
      45,
    ),
  }
})

export class Host extends Context.Service<Host, Endpoints>()("tests/e2e/support/Host") {}

/** With nothing stored yet. */
export const layer = Layer.effect(
  Host,
  Effect.flatMap(temporaryDirectory, (data) => start({ CONCIERGE_DATA: data })),
)
