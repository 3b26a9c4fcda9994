/** A private message, as Telegram tells of it. */
export const messageUpdate = (updateId: number, chatId: number, text: string, from: object = {}) => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chatId, type: "private" },
    from: { id: chatId, is_bot: false, first_name: "Kim", language_code: "en", ...from },
    text,
  },
})

/** Every kind of the Bot API that onboarding has no use for, and one that may come. */
export const unusedKinds = [
  "channel_post",
  "edited_channel_post",
  "business_connection",
  "business_message",
  "edited_business_message",
  "deleted_business_messages",
  "message_reaction",
  "message_reaction_count",
  "inline_query",
  "chosen_inline_result",
  "shipping_query",
  "pre_checkout_query",
  "purchased_paid_media",
  "poll",
  "poll_answer",
  "chat_member",
  "chat_join_request",
  "chat_boost",
  "removed_chat_boost",
  "kind_of_next_year",
] as const
