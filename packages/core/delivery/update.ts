import type * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Brand } from "../brand/Brand.ts"
import { botIdOf, WorkerConfig } from "../config.ts"
import { answerGroup } from "../groups/answerGroup.ts"
import { eventIdOf, userIdOf } from "../ids.ts"
import { note, noteSpan } from "../observe/Facts.ts"
import { Telemetry } from "../observe/Telemetry.ts"
import { type Action, addresseeOf, incomingOf, nameOf, payloadOf } from "../onboarding/Action.ts"
import { isFor } from "../onboarding/Command.ts"
import { Metrics } from "../services/Metrics.ts"
import { Telegram } from "../services/Telegram.ts"
import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import { currentIso, millisBetween } from "../Time.ts"
import { ignored } from "../updates/Outcome.ts"
import { decodeUpdate, isUsed, kindOf, type Update } from "../updates/Update.ts"
import { uuid } from "../uuid.ts"
import { answerQuery, answerTap } from "./answerTap.ts"
import { attempt } from "./attempt.ts"
import type { Invocation } from "./Invocation.ts"
import { park } from "./park.ts"
import { postpone } from "./postpone.ts"
import { firstTurn, giveBack, turnsOf } from "./Turns.ts"
import { outageWait } from "./times.ts"
import type { Work } from "./Work.ts"
import { workAlone } from "./workAlone.ts"

/** The message on the queue is none of ours: it becomes a dead letter. It is not quoted: it may be somebody's words. */
export class NotAnUpdate extends Schema.TaggedError<NotAnUpdate>()("NotAnUpdate", { message: Schema.String }) {}

/**
 * Works one update from the queue to its outcome. Success means that the record may be acknowledged; a failure hands it
 * back, to be received again.
 */
export const processUpdate = Effect.fn("processUpdate")(function* (update: QueuedUpdate, invocation: Invocation) {
  const { correlationId, kind, notBefore, receivedAt, updateId } = update.attributes
  yield* Effect.annotateCurrentSpan({ updateId, kind, correlationId, chat: update.group })
  yield* noteSpan
  yield* (yield* Telemetry).spans?.linked(update) ?? Effect.void
  const now = yield* currentIso
  yield* (yield* Metrics).record("UpdateAge", Math.max(0, millisBetween(receivedAt, now)))
  if (notBefore !== undefined && now < notBefore) {
    return yield* postpone(update, Duration.millis(millisBetween(now, notBefore)), "not before")
  }

  const json = yield* parseUpdate(update.body)
  const { botToken } = yield* WorkerConfig
  const eventId = eventIdOf(botIdOf(botToken), json.update_id)
  const turns = turnsOf(update, invocation)
  const work: Work = { update, eventId, receivedAt, token: yield* attemptToken, turns }
  const found = kindOf(json)
  if (!isUsed(found)) return yield* workAlone(work, found, Effect.succeed({ outcome: ignored("unused kind") }))
  const decoded = decodeUpdate(json)
  if (Result.isFailure(decoded)) return yield* park(work, found)
  return yield* Effect.ensuring(workDecoded(work, found, decoded.success), giveBack(turns))
})

const workDecoded = Effect.fnUntraced(function* (work: Work, kind: string, update: Update) {
  // Our own name is asked for only where a command names a bot; while Telegram does not tell, the update waits.
  const username = addresseeOf(update) === undefined ? "" : yield* ourUsername
  if (username === undefined) {
    return yield* postpone(work.update, outageWait(work.update.attributes.attempt, yield* Random.next), "no bot name")
  }
  const reader = { brand: yield* Brand, receivedAt: work.receivedAt }
  const incoming = incomingOf(update, { ...reader, isOurs: (command) => isFor(command, username) })
  switch (incoming._tag) {
    case "Action": {
      const userId = userIdOf(incoming.person.id)
      const acting = { ...work, action: incoming, userId }
      yield* note({ userId, action: nameOf(incoming.trigger) })
      if (saysNothing(incoming)) return yield* attempt(acting, payloadOf(update))
      let isAnswered = false
      const answer = Effect.suspend(() => {
        isAnswered = true
        return answerTap(acting)
      })
      const later = yield* firstTurn(work.turns, incoming.person.id, yield* withServices(answer))
      if (later !== undefined) return yield* postpone(work.update, later.wait, "pace")
      return yield* attempt({ ...acting, isAnswered }, payloadOf(update))
    }
    case "GroupStart": {
      yield* note({ action: "group_start" })
      const later = yield* firstTurn(work.turns, incoming.chatId)
      if (later !== undefined) return yield* postpone(work.update, later.wait, "pace")
      return yield* workAlone(work, "group_start", answerGroup(work, incoming, username))
    }
    case "Nothing":
      if (incoming.queryId !== undefined) yield* answerQuery(incoming.queryId)
      return yield* workAlone(work, kind, Effect.succeed({ outcome: ignored(incoming.why) }))
  }
})

/** No message follows from it, whoever did it. */
const saysNothing = ({ trigger }: Action): boolean => trigger._tag === "Edited" || trigger._tag === "Membership"

const withServices = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<Effect.Effect<A, E>, never, R> =>
  Effect.contextWith((context: Context.Context<R>) => Effect.succeed(Effect.provideContext(effect, context)))

const ourUsername = Telegram.use((telegram) => telegram.username).pipe(
  Effect.catchTag("TelegramError", (error) =>
    Effect.as(Effect.logWarning("Telegram does not tell the bot's name", { reason: error.reason }), undefined),
  ),
)

/** Half of a UUID tells the attempts at one person apart, and keeps the person within a write unit. */
const attemptToken = Effect.map(uuid, (id) => id.replaceAll("-", "").slice(-16))

const parseUpdate = Effect.fnUntraced(function* (body: string) {
  const json = yield* Effect.try({
    try: (): unknown => JSON.parse(body),
    catch: () => new NotAnUpdate({ message: "the message is not JSON" }),
  })
  if (Predicate.hasProperty(json, "update_id") && isSafeInteger(json.update_id)) {
    return { ...json, update_id: json.update_id }
  }
  return yield* new NotAnUpdate({ message: "update_id is missing or not a safe integer" })
})

const isSafeInteger = (value: unknown): value is number => Number.isSafeInteger(value)
