import { userIdOf } from "@concierge/core/ids.ts"
import { exportUser, isNobody } from "@concierge/core/operate/exportUser.ts"
import * as Argument from "effect/cli/Argument"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"
import { progress } from "../../print/progress.ts"

export const person = Argument.String("person").pipe(
  Argument.withDescription("Their id with Telegram: 1001 or telegram_1001"),
)

export const userIdFrom = (text: string) => {
  const [, id] = /^(?:telegram_)?([1-9]\d{0,15})$/.exec(text) ?? []
  return id === undefined
    ? Effect.fail(
        new BadInput({ advice: `"${text}" is nobody's id with Telegram: write it like 1001 or telegram_1001` }),
      )
    : Effect.succeed(userIdOf(Number(id)))
}

/** All that is stored of somebody of whom anything is. */
export const somebody = Effect.fnUntraced(function* (text: string) {
  const userId = yield* userIdFrom(text)
  yield* progress("dead letters are looked through")
  const exported = yield* exportUser(userId)
  if (isNobody(exported)) return yield* new BadInput({ advice: `nothing is stored of ${userId}` })
  return exported
}, Effect.scoped)
