const person = { id: 123456789, first_name: "Ada", last_name: "Lovelace", username: "ada_l" }

/** A first message, as Telegram sends it. */
export const firstMessage = (): string =>
  JSON.stringify({
    update_id: 987654321,
    message: {
      message_id: 4321,
      from: { ...person, is_bot: false, language_code: "en" },
      chat: { ...person, type: "private" },
      date: Math.floor(Date.now() / 1000),
      text: "/start dXRtX3NvdXJjZT1wb3N0ZXI",
      entities: [{ offset: 0, length: 6, type: "bot_command" }],
    },
  })

const text = (stringValue: string) => ({ stringValue, dataType: "String" })

/** The same as each function is given it, as far as anything of it is used. */
export const updateEvents = {
  webhook: (secret: string) => ({
    version: "2.0",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    requestContext: { http: { method: "POST", path: "/telegram/webhook" } },
    body: firstMessage(),
    isBase64Encoded: false,
  }),
  worker: () => ({
    Records: [
      {
        messageId: "5f4f1a36-9d7b-4c53-9a53-0f6a2c9e7b11",
        body: firstMessage(),
        attributes: { ApproximateReceiveCount: "1", MessageGroupId: String(person.id) },
        messageAttributes: {
          updateId: text("987654321"),
          kind: text("message"),
          receivedAt: text(new Date().toISOString()),
          correlationId: text("c"),
          attempt: text("0"),
        },
      },
    ],
  }),
}
