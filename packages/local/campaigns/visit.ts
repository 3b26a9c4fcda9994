import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import type { BadAct } from "../telegram/act.ts"
import { StandIn } from "../telegram/StandIn.ts"

export interface Visitor {
  readonly chatId: number
  readonly name: string
  readonly language: string
  readonly payload: string
  /** Taps before they go away; more than the flow has: they come to its end. */
  readonly taps: number
  readonly blocks: boolean
  readonly restarts: boolean
  /** What brings them back after a while; undefined: nothing. */
  readonly later: string | undefined
}

const names = ["Ada", "Bruno", "Chiara", "Diego", "Emma", "Farid", "Greta", "Hugo", "Ines", "Jonas"]

/** One of a crowd: most come to the end, some stop before each step, block the bot or begin anew. */
export const visitorOf = Effect.fnUntraced(function* (
  chatId: number,
  payloads: ReadonlyArray<string>,
  languages: ReadonlyArray<string>,
) {
  const one = <A>(of: ReadonlyArray<A>) => Effect.map(Random.next, (chance) => of[Math.floor(chance * of.length)])
  let taps = 0
  while (taps < 20 && (yield* Random.next) < 0.7) taps++
  return {
    chatId,
    name: (yield* one(names)) ?? "Ada",
    language: (yield* one(languages)) ?? "en",
    payload: (yield* one(payloads)) ?? "",
    taps: (yield* Random.next) < 0.5 ? 20 : taps,
    blocks: (yield* Random.next) < 0.06,
    restarts: (yield* Random.next) < 0.1,
    later: (yield* Random.next) < 0.15 ? yield* one(payloads) : undefined,
  } satisfies Visitor
})

/** A message is looked for so often, and for so long: a busy machine takes its time. */
const patience = Schedule.spaced("150 millis").pipe(Schedule.upTo({ times: 200 }))

class NotYet extends Error {}

/** What one of them does in Telegram, each act once what it answers has come. */
export const visit = Effect.fnUntraced(function* (visitor: Visitor) {
  const telegram = yield* StandIn
  const { chatId, language, name, payload, taps } = visitor
  const from = { first_name: name, language_code: language }
  let seen = 0
  const says = (text: string): Effect.Effect<number, BadAct> => telegram.send({ chatId, from, text })
  /** The button of the next message; undefined: it has none, or it does not come. */
  const nextButton = Effect.gen(function* () {
    const all = yield* telegram.messages(chatId)
    if (all.length <= seen) return yield* Effect.fail(new NotYet())
    seen = all.length
    const [button] = all.at(-1)?.reply_markup?.inline_keyboard.flat() ?? []
    return button !== undefined && "callback_data" in button ? button.callback_data : undefined
  }).pipe(
    Effect.retry(patience),
    Effect.orElseSucceed(() => undefined),
  )
  const goesOn = Effect.gen(function* () {
    for (let tap = 0; tap < taps; tap++) {
      const callbackData = yield* nextButton
      if (callbackData === undefined) return
      yield* telegram.send({ chatId, from, callbackData })
    }
  })
  yield* says(`/start ${payload}`.trim())
  yield* goesOn
  if (visitor.later !== undefined) yield* says(`/start ${visitor.later}`.trim())
  if (visitor.restarts) {
    yield* says("/restart")
    yield* goesOn
  }
  if (visitor.blocks) yield* telegram.send({ chatId, from, membership: "kicked" })
})
