import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { maxLinkPayload } from "../attribution/StartPayload.ts"
import { Brand, wordsOf } from "../brand/Brand.ts"
import type { Ending } from "../delivery/finish.ts"
import { postpone, waitFor, whyOf } from "../delivery/postpone.ts"
import { send } from "../delivery/send.ts"
import { busyDelay, lease } from "../delivery/times.ts"
import type { Work } from "../delivery/Work.ts"
import type { GroupStart } from "../onboarding/Action.ts"
import { GroupSlots } from "../services/GroupSlots.ts"
import { currentIso, type Iso, plus } from "../Time.ts"
import { ignored } from "../updates/Outcome.ts"

/**
 * Answers a /start in a group with a button that opens the private chat, once a minute a group. A group can ask again,
 * so a send of which nobody knows whether it arrived is not repeated. Undefined: put off, and on its way back to the
 * queue.
 */
export const answerGroup = Effect.fnUntraced(function* (work: Work, start: GroupStart, username: string) {
  const { chatId, locale, payload, topic } = start
  const slots = yield* GroupSlots
  const takenAt = yield* slots.takeAnswer(work)
  if (takenAt !== undefined) return yield* postponeForHolder(work, takenAt)
  if ((yield* slots.takeMinute(work, chatId)) !== undefined) return { outcome: ignored("throttled") } satisfies Ending

  const words = wordsOf(yield* Brand, locale).group
  const url = `https://t.me/${username}?start=${carried(payload)}`
  const message = { _tag: "Text", html: words.text, buttons: [{ text: words.button, url }] } as const
  const sent = yield* send(message, { chatId, topic }, work.turns)
  switch (sent._tag) {
    case "Sent":
      return { outcome: "applied" } satisfies Ending
    case "Unknown":
    case "Unseen":
      return unseen
    case "Blocked":
    case "Undeliverable":
      return { outcome: ignored("undeliverable") } satisfies Ending
  }
  // Nothing was sent, for certain: the copy may.
  yield* slots.release(work, chatId)
  return yield* Effect.as(postpone(work.update, yield* waitFor(work.update, sent), whyOf[sent._tag]), undefined)
})

/** Whoever had the right and cannot be at it any more never said how it ended. */
const postponeForHolder = Effect.fnUntraced(function* ({ update }: Work, takenAt: Iso) {
  if ((yield* currentIso) > plus(takenAt, lease)) return unseen
  yield* postpone(update, Duration.times(busyDelay, 1 + (yield* Random.next)), "group busy")
  return undefined
})

/** The group may have the answer, or not. */
const unseen: Ending = { outcome: "applied", ambiguous: 1 }

/** Without the padding, which decoders of base64url do not need; what a link still cannot carry is left out. */
const carried = (payload: string): string => {
  const bare = payload.replace(/={1,2}$/, "")
  return bare.length <= maxLinkPayload && /^[A-Za-z0-9_-]+$/.test(bare) ? bare : ""
}
