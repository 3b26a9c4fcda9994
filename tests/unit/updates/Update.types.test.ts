import { Update } from "@concierge/core/updates/Update.ts"
import { assert, describe, it } from "@effect/vitest"
import type * as Telegram from "@grammyjs/types"
import * as Schema from "effect/Schema"

/** One kind of Telegram's update as it really comes: with its content, and no other kind's. */
type Kind<K extends keyof Telegram.Update> = Pick<Telegram.Update, "update_id"> & Required<Pick<Telegram.Update, K>>

/** Compiles only while all that Telegram sends of a kind is something that our schema reads. */
const accepts = (update: typeof Update.Encoded) => update

const from: Telegram.User = { id: 7, is_bot: false, first_name: "Ana" }
const chat: Telegram.Chat.PrivateChat = { id: 7, type: "private", first_name: "Ana" }

describe("Telegram's own types", () => {
  it("fit the schema, kind by kind", () => {
    const message: Kind<"message"> = { update_id: 1, message: { message_id: 1, date: 1, chat, from, text: "hello" } }
    const edited: Kind<"edited_message"> = {
      update_id: 1,
      edited_message: { message_id: 1, date: 1, edit_date: 2, chat, from, text: "hello" },
    }
    const callback: Kind<"callback_query"> = {
      update_id: 1,
      callback_query: { id: "1", from, chat_instance: "1", data: "finish" },
    }
    const member: Telegram.ChatMember = { user: from, status: "kicked", until_date: 0 }
    const membership: Kind<"my_chat_member"> = {
      update_id: 1,
      my_chat_member: { chat, from, date: 1, old_chat_member: member, new_chat_member: member },
    }
    const decode = Schema.decodeUnknownSync(Update)
    for (const update of [accepts(message), accepts(edited), accepts(callback), accepts(membership)]) {
      assert.strictEqual(decode(update).update_id, 1)
    }
  })
})
