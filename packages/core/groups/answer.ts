import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { maxLinkPayload } from "../attribution/StartPayload.ts"
import { catalogue } from "../brand/Catalogue.ts"
import type { Locale } from "../brand/Locale.ts"
import { deliver } from "../delivery/deliver.ts"
import type { Ended } from "../delivery/finish.ts"
import { defer } from "../delivery/postpone.ts"
import { outageWait } from "../delivery/times.ts"
import type { Work } from "../delivery/Work.ts"
import { Telegram } from "../services/Telegram.ts"
import { ignored } from "../updates/Outcome.ts"
import { release, takeAnswer, takeMinute } from "./slots.ts"

export interface GroupStart {
  readonly chatId: number
  readonly payload: string
  readonly locale: Locale
}

/**
 * Answers a /start in a group with a button that opens the private chat, once a minute a group. A group can ask again,
 * so a send of which nobody knows whether it arrived is not repeated. Undefined: put off, and on its way back to the
 * queue.
 */
export const answerGroup = Effect.fnUntraced(function* (work: Work, start: GroupStart, username: string) {
  const { chatId, locale, payload } = start
  const answer = yield* takeAnswer(work)
  if (answer === "died") return unseen
  if (answer !== "ours") return yield* putOff(work, answer.wait)
  if (!(yield* takeMinute(work, chatId))) return { outcome: ignored("throttled") } satisfies Ended

  const words = catalogue(locale).group
  const url = `https://t.me/${username}?start=${carried(payload)}`
  const send = (yield* Telegram).sendMessage({ chatId, html: words.text, buttons: [{ text: words.button, url }] })
  const delivery = yield* deliver({}, Effect.as(send, { degraded: false }), work.invocation)
  switch (delivery._tag) {
    case "Sent":
      return { outcome: "applied" } satisfies Ended
    case "Unknown":
      return unseen
    case "Blocked":
    case "Undeliverable":
      return { outcome: ignored("undeliverable") } satisfies Ended
  }
  // Nothing was sent, for certain: the copy may.
  yield* release(work, chatId)
  switch (delivery._tag) {
    case "Limited":
      return yield* putOff(work, delivery.wait)
    case "Late":
      return yield* putOff(work, 0)
    case "Refused":
      return yield* putOff(work, outageWait(work.update.attributes.attempt, yield* Random.next))
  }
})

/** The group may have the answer, or not. */
const unseen: Ended = { outcome: "applied", ambiguous: 1 }

const putOff = ({ update }: Work, wait: number) => Effect.as(defer(update, wait), undefined)

/** What a link cannot carry is left out: it is no reason not to answer. */
const carried = (payload: string): string =>
  payload.length <= maxLinkPayload && /^[A-Za-z0-9_-]+$/.test(payload) ? payload : ""
