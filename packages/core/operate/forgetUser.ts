import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { botIdOf, WorkerConfig } from "../config.ts"
import { claim } from "../delivery/claim.ts"
import { lease } from "../delivery/times.ts"
import { eraseRecord, eraseTraces } from "../forgetting/erase.ts"
import { eventId, sessionId, type UserId } from "../ids.ts"
import { Users, type UsersError } from "../services/Users.ts"
import { currentIso, plus } from "../Time.ts"
import { uuid } from "../uuid.ts"

/** Somebody works for this person just now. */
export class StillBusy extends Schema.TaggedError<StillBusy>()("StillBusy", {}) {}

/** Looked again so often, for as long as a lock of somebody dead can live. */
const patience = { every: Duration.seconds(1), times: Math.ceil(Duration.toSeconds(lease)) + 10 }

/**
 * Deletes a person as their own /forgetme does, and says nothing to them: whoever asked, asked elsewhere. What is
 * recorded names nobody. Gives the id of that record.
 */
export const forgetUser = Effect.fn("forgetUser")(function* (userId: UserId) {
  const { botToken } = yield* WorkerConfig
  const of = {
    eventId: eventId(`${botIdOf(botToken)}:forget-${yield* uuid}`),
    receivedAt: yield* currentIso,
    token: yield* uuid,
    userId,
  }
  const attempt = Effect.gen(function* () {
    const users = yield* Users
    const now = yield* currentIso
    const telegramId = Number(userId.replace("telegram_", ""))
    const begun = { userId, telegramId, event: of.eventId, token: of.token, now, until: plus(now, lease) }
    const user = yield* users.begin({ ...begun, sessionId: sessionId(yield* uuid) })
    yield* claim(of, { eventType: "forget_by_operator", payload: {} }, now)
    if (!(yield* eraseTraces(of, user, now))) {
      yield* users.release({ userId, token: of.token, clean: true })
      return yield* new StillBusy()
    }
    if (!(yield* eraseRecord(of, user))) return yield* new StillBusy()
  })
  // Whoever interrupts waits for the few writes of an attempt, and stops the waiting between two.
  yield* Effect.retry(Effect.uninterruptible(attempt), {
    schedule: Schedule.spaced(patience.every).pipe(Schedule.upTo({ times: patience.times })),
    while: isBusy,
  }).pipe(Effect.catchReason("UsersError", "Busy", () => new StillBusy()))
  return of.eventId
})

const isBusy = (error: { readonly _tag: string } | UsersError): boolean =>
  error._tag === "StillBusy" || ("reason" in error && error.reason._tag === "Busy")
