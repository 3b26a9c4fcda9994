import { randomInt } from "node:crypto"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { eventId, type UserId, userIdOf } from "@concierge/core/ids.ts"
import { Records } from "@concierge/core/services/Records.ts"
import { Tombstones } from "@concierge/core/services/Tombstones.ts"
import { type Fields, fieldsOf } from "@concierge/core/stored/shape.ts"
import { currentIso, iso, minus } from "@concierge/core/Time.ts"
import { isSmoke } from "@concierge/core/updates/smoke.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"

/** Beyond every person that Telegram can have (MAX_USER_ID of tdlib/td's UserId.h is 2^40 − 1), and of 52 bits as ids may be. */
export const nobody = 2 ** 52 - 1

export interface TestPerson {
  readonly chat: number
  readonly userId: UserId
  readonly first_name: string
  readonly language_code: string
}

/** Another name each time, so that its greeting has to be spoken. */
export const testPerson = ({ fallback }: BrandValue, chat: number): TestPerson => ({
  chat,
  userId: userIdOf(chat),
  first_name: `Test ${Array.from({ length: 5 }, () => "abdefgiklmnorstu"[randomInt(16)]).join("")}`,
  language_code: fallback,
})

/** A run takes less, or says sooner what it missed. */
const longest = Duration.minutes(3)

/**
 * Nobody but the test person may be written to or changed: whoever did anything of their own is refused, and so is whoever
 * asked to be forgotten. True: a run that was broken off left something of the test person's.
 */
export const isLeftOver = Effect.fnUntraced(function* ({ chat, userId }: TestPerson) {
  const records = yield* Records
  const [user, events, tombstone] = yield* Effect.all(
    [records.user(userId), records.eventsOf(userId), (yield* Tombstones).get(userId)],
    { concurrency: 3 },
  )
  const ids = idsOf(user, events)
  if (!ids.every((id) => isSmoke(eventId(id))) || (user !== undefined && ids.length === 0)) {
    const advice = `chat ${chat} is of somebody who uses the bot, and nobody but the test person is written to. If it is yours: concierge user forget ${chat}, and again`
    return yield* new BadInput({ advice })
  }
  // Those of an operator have no number of Telegram's.
  if (Option.isSome(tombstone) && /:\d+$/.test(tombstone.value.event)) {
    return yield* new BadInput({ advice: `chat ${chat} asked to be forgotten: nobody writes to it. Name another` })
  }
  if (user !== undefined && iso(String(user.updatedAt)) > minus(yield* currentIso, longest)) {
    const advice = `a smoke test of chat ${chat} is under way, or was killed a moment ago: again in three minutes`
    return yield* new BadInput({ advice })
  }
  return user !== undefined || events.length > 0
})

/** Of all updates that are known to have done anything to them, as events' ids. */
const idsOf = (user: Fields | undefined, events: ReadonlyArray<Fields>): ReadonlyArray<string> => [
  ...events.map((event) => String(event.eventId)),
  ...Object.keys(fieldsOf(user?.recent)),
  ...(user?.lock === undefined ? [] : [String(fieldsOf(user.lock).event)]),
  ...Object.values(fieldsOf(user?.state_progress)).map((step) => `:${fieldsOf(step).updateId}`),
]
