import { dataOf, type Pressed } from "@concierge/core/onboarding/Pressed.ts"
import { firstSmokeId } from "@concierge/core/updates/smoke.ts"
import type { TestPerson } from "./TestPerson.ts"

/** Of one run: numbers that no other run has, since two in a millisecond are not begun. */
const updatesARun = 256

export const firstIdOf = (nowMillis: number): number => firstSmokeId + nowMillis * updatesARun

interface Made {
  readonly updateId: number
  readonly nowMillis: number
}

const chatOf = ({ chat, first_name }: TestPerson) => ({ id: chat, type: "private", first_name })

const fromOf = ({ chat, first_name, language_code }: TestPerson) => ({
  id: chat,
  is_bot: false,
  first_name,
  language_code,
})

const dateOf = (nowMillis: number): number => Math.floor(nowMillis / 1000)

/** As Telegram tells of a /start. */
export const start = (person: TestPerson, { nowMillis, updateId }: Made) => ({
  update_id: updateId,
  message: {
    message_id: 1,
    date: dateOf(nowMillis),
    from: fromOf(person),
    chat: chatOf(person),
    text: "/start",
    entities: [{ type: "bot_command", offset: 0, length: 6 }],
  },
})

/** As it tells of a tap. That the query cannot be answered is no fault to the bot: real ones get too old as well. */
export const tap = (person: TestPerson, button: Pressed, { nowMillis, updateId }: Made) => ({
  update_id: updateId,
  callback_query: {
    id: String(updateId),
    from: fromOf(person),
    chat_instance: String(person.chat),
    data: dataOf(button),
    message: { message_id: 2, date: dateOf(nowMillis), chat: chatOf(person) },
  },
})
