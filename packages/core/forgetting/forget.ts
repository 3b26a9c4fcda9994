import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Brand } from "../brand/Brand.ts"
import { answerTap } from "../delivery/answerTap.ts"
import { postpone, putOff } from "../delivery/postpone.ts"
import { send } from "../delivery/send.ts"
import { lostLeaseWait } from "../delivery/times.ts"
import type { ActionWork } from "../delivery/Work.ts"
import type { UserId } from "../ids.ts"
import { isBlocked } from "../onboarding/membership.ts"
import { goodbye } from "../onboarding/messages.ts"
import type { Unlocked } from "../onboarding/profile.ts"
import type { User } from "../onboarding/User.ts"
import { timesUnseen } from "../onboarding/unseen.ts"
import { isNotSent } from "../services/SendResult.ts"
import { Tombstones } from "../services/Tombstones.ts"
import { Users } from "../services/Users.ts"
import type { Iso } from "../Time.ts"
import { eraseRecord, eraseTraces } from "./erase.ts"

/** What another worker has committed is written down by then, as a rule. */
const settlingWait = Duration.seconds(5)

/** Deletes a person: first everything about them, then they are told, then the record itself goes. */
export const forget = Effect.fn("forget")(function* (work: ActionWork, user: User, shown: Unlocked, now: Iso) {
  const { action, token, turns, update, userId } = work
  const users = yield* Users
  if (!(yield* eraseTraces(work, user, now))) {
    yield* users.release({ userId, token, clean: true })
    return yield* postpone(update, settlingWait, "settling")
  }
  const sending = { user, of: work.eventId, askedAt: work.receivedAt }
  const { person, topic } = action
  const to = { chatId: person.id, topic, not_before: user.not_before, unseen: timesUnseen(sending) }
  const message = goodbye(yield* Brand, shown)
  const [sent] = yield* Effect.all(
    [isBlocked(user, action) ? Effect.succeed(undefined) : send(message, to, turns), answerTap(work)],
    { concurrency: 2 },
  )
  if (sent !== undefined && isNotSent(sent)) return yield* putOff(work, sending, sent)
  if (!(yield* eraseRecord(work, user))) return yield* postpone(update, lostLeaseWait, "lost lease")
})

/** Whether somebody, of whom no record need be there, was forgotten after any of these. */
export const isForgottenSince = Effect.fnUntraced(function* (userId: UserId, times: ReadonlyArray<Iso>) {
  const tombstone = yield* (yield* Tombstones).get(userId)
  return Option.isSome(tombstone) && times.some((at) => tombstone.value.at >= at)
})
