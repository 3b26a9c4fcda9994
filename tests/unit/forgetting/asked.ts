import * as Effect from "effect/Effect"
import { tell } from "../../layers/drive.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { type Person, says } from "../../layers/updates.ts"

/** Sends /forgetme and gives the data of the two buttons. */
export const asked = Effect.fnUntraced(function* (person: Person) {
  const telegram = yield* TelegramTest
  yield* tell(says(person, "/forgetme"))
  const [yes, no] = (telegram.sends().at(-1)?.message.buttons ?? []).map((button) =>
    "data" in button ? button.data : "",
  )
  return { yes: yes ?? "", no: no ?? "" }
})

export const lastText = Effect.map(TelegramTest, (telegram) => telegram.sends().at(-1)?.message.html)
