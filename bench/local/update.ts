/** Unless told otherwise, every update is another person's. */
export const personOf = (number: number): number => 1_000_000_000 + number

/** A new person's /start by a campaign link, as Telegram sends it: about 500 bytes. */
export const startUpdate = (id: number, number = id, date = now(), firstName = usualName): string =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: 1,
      from: fromOf(number, firstName),
      chat: chatOf(number, firstName),
      date,
      text: `/start ${payload}`,
      entities: [{ offset: 0, length: 6, type: "bot_command" }],
    },
  })

/** A tap on a button under the bot's video. No query of that id is known to the stand-in Telegram: to it, it is too old. */
export const tapUpdate = (id: number, number: number, data: string, date = now(), firstName = usualName): string =>
  JSON.stringify({
    update_id: id,
    callback_query: {
      id: `${personOf(number)}${String(id).padStart(8, "0")}`,
      from: fromOf(number, firstName),
      message: {
        message_id: 2,
        from: { id: 4242, is_bot: true, first_name: "Concierge", username: "concierge_bot" },
        chat: chatOf(number, firstName),
        date,
        caption: "…",
      },
      chat_instance: String(personOf(number)),
      data,
    },
  })

const usualName = "Ana María"
const nameOf = (firstName: string) => ({ first_name: firstName, last_name: "Benchmark" })

const fromOf = (number: number, firstName: string) => ({
  id: personOf(number),
  is_bot: false,
  ...nameOf(firstName),
  username: `ana_${number}`,
  language_code: "es",
})

const chatOf = (number: number, firstName: string) => ({
  id: personOf(number),
  ...nameOf(firstName),
  username: `ana_${number}`,
  type: "private",
})

/** Telegram's dates are in seconds. */
const now = (): number => Math.floor(Date.now() / 1000)

export const refCode = "summer24"

export const payload = Buffer.from(`${refCode}|instagram|story|launch|n1|1`).toString("base64url")
