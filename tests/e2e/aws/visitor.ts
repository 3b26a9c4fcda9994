import { userIdOf } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type { Message } from "../../../packages/local/telegram/model.ts"
import { StandIn } from "../../../packages/local/telegram/StandIn.ts"

/** Asks until the answer is there: it comes when real processes have done their work, and the test's timeout bounds it. */
export const eventually = <A, E, R>(ask: Effect.Effect<A | undefined, E, R>) =>
  Effect.repeat(ask, { schedule: Schedule.spaced("10 millis"), until: (answer) => answer !== undefined }).pipe(
    Effect.flatMap((answer) => (answer === undefined ? Effect.die("not yet") : Effect.succeed(answer))),
  )

/** A person with the bot open in their Telegram. */
export const visitor = (chatId: number, from: { readonly first_name: string; readonly language_code: string }) => {
  /** What the bot sends when this is done: its messages, at least as many as given. */
  const answers = <E>(act: Effect.Effect<unknown, E, StandIn>, atLeast = 1) =>
    Effect.gen(function* () {
      const telegram = yield* StandIn
      const before = (yield* telegram.messages(chatId)).length
      yield* act
      return yield* eventually(
        Effect.map(telegram.messages(chatId), (all) =>
          all.length >= before + atLeast ? all.slice(before) : undefined,
        ),
      )
    })
  const say = (text: string) => StandIn.use((telegram) => telegram.send({ chatId, from, text }))
  const tap = (callbackData: string) => StandIn.use((telegram) => telegram.send({ chatId, from, callbackData }))
  return {
    says: (text: string) => answers(say(text)),
    taps: (callbackData: string) => answers(tap(callbackData)),
    /** As it is stored, once it is in this state. */
    storedAs: (state: string) =>
      eventually(
        Users.use((users) =>
          Effect.map(users.get(userIdOf(chatId)), (user) => {
            const found = Option.getOrUndefined(user)
            return found?.state === state && found.lock === undefined ? found : undefined
          }),
        ),
      ),
  }
}

/** The data of a message's buttons. */
export const buttonsOf = (message: Message | undefined): ReadonlyArray<string | undefined> =>
  (message?.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.callback_data)
