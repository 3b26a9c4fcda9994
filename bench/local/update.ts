/** Every update is another person's. */
export const personOf = (id: number): number => 1_000_000_000 + id

/** A new person's /start by a campaign link, as Telegram sends it: about 500 bytes. */
export const startUpdate = (id: number): string =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: 1,
      from: {
        id: personOf(id),
        is_bot: false,
        first_name: "Ana María",
        last_name: "Benchmark",
        username: `ana_${id}`,
        language_code: "es",
      },
      chat: {
        id: personOf(id),
        first_name: "Ana María",
        last_name: "Benchmark",
        username: `ana_${id}`,
        type: "private",
      },
      date: Math.floor(Date.now() / 1000),
      text: `/start ${payload}`,
      entities: [{ offset: 0, length: 6, type: "bot_command" }],
    },
  })

export const payload = Buffer.from("summer24|instagram|story|launch|n1|1").toString("base64url")
