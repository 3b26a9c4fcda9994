import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { busyDelay, groupWindow, lease, tombstoneLife } from "../delivery/times.ts"
import type { Work } from "../delivery/Work.ts"
import { Settings } from "../services/Settings.ts"
import { fromIso, toIso } from "../Time.ts"

const answerKey = (eventId: string): string => `answer#${eventId}`
const minuteKey = (chatId: number): string => `group#${chatId}`

/**
 * The right to answer this update: one attempt has it, ever, unless it gives it back. "died": whoever had it cannot be at
 * it any more and never said how it ended.
 */
export const takeAnswer = Effect.fnUntraced(function* (work: Work) {
  const now = yield* Clock.currentTimeMillis
  const since = yield* take(work, answerKey(work.eventId), now, Number.POSITIVE_INFINITY, tombstoneLife)
  if (since === undefined) return "ours"
  if (now - fromIso(since) > lease) return "died"
  return { wait: busyDelay * (1 + (yield* Random.next)) }
})

/** The group's answer of this minute. False: it has had one. */
export const takeMinute = Effect.fnUntraced(function* (work: Work, chatId: number) {
  const now = yield* Clock.currentTimeMillis
  return (yield* take(work, minuteKey(chatId), now, groupWindow, groupWindow)) === undefined
})

/** Gives both back, where it is certain that nothing was sent: the minute first, since the answer is asked for first. */
export const release = Effect.fnUntraced(function* ({ eventId, token }: Work, chatId: number) {
  const settings = yield* Settings
  yield* settings.release(minuteKey(chatId), token)
  yield* settings.release(answerKey(eventId), token)
})

const take = ({ eventId, token }: Work, key: string, now: number, window: number, life: number) =>
  Settings.use((settings) =>
    settings.throttle({
      key,
      event: eventId,
      token,
      now: toIso(now),
      freeBefore: toIso(Math.max(0, now - window)),
      expiresAt: Math.ceil((now + life) / 1000),
    }),
  )
