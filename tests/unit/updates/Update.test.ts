import { decodeUpdate, isUsed, kindOf } from "@concierge/core/updates/Update.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"

const decoded = (update: object): unknown => Result.getOrUndefined(decodeUpdate({ update_id: 1, ...update }))

const id = 2 ** 33 + 7
const message = { message_id: 5, date: 1_772_600_767, chat: { id, type: "private" }, from: { id }, text: "/start" }

describe("an update that official samples show, and strict decoders break on", () => {
  it("has ids beyond 31 bits", () => {
    assert.deepStrictEqual(decoded({ message }), { update_id: 1, message })
    assert.isDefined(decoded({ message: { ...message, chat: { id: -(2 ** 52) }, from: { id: 2 ** 52 } } }))
  })

  it("lacks is_bot, names, language or the type of the chat", () => {
    assert.isDefined(decoded({ message: { ...message, chat: { id }, from: { id } } }))
  })

  it("lacks the sender: an anonymous message", () => {
    const { from: _, ...anonymous } = message
    assert.isDefined(decoded({ message: anonymous }))
  })

  it("has a callback message that is inaccessible, or none at all", () => {
    const query = { id: "1", from: { id }, chat_instance: "1", data: "finish" }
    const inaccessible = { message_id: 5, date: 0, chat: { id, type: "private" } }
    assert.deepStrictEqual(decoded({ callback_query: { ...query, message: inaccessible } }), {
      update_id: 1,
      callback_query: { id: "1", from: { id }, data: "finish", message: { chat: { id, type: "private" }, date: 0 } },
    })
    assert.isDefined(decoded({ callback_query: { ...query, inline_message_id: "x" } }))
    assert.isDefined(decoded({ callback_query: { id: "1", from: { id }, game_short_name: "chess" } }))
  })

  it("has fields that we do not know, anywhere", () => {
    const from = { id, is_premium: true, added_to_attachment_menu: null }
    assert.isDefined(decoded({ message: { ...message, from, quote: { text: 1 } }, unknown: [] }))
  })
})

describe("an update that does not decode", () => {
  it("lacks or bends a field that is used", () => {
    for (const broken of [
      { message: { ...message, date: "1" } },
      { message: { ...message, date: 253_402_300_800 } },
      { message: { ...message, chat: { id: 1.5 } } },
      { message: { ...message, from: { id: "7" } } },
      { message: { ...message, date: null } },
      { callback_query: { id: 1, from: { id } } },
      { my_chat_member: { chat: { id }, from: { id }, date: 1, new_chat_member: {} } },
      {},
    ]) {
      assert.isUndefined(decoded(broken), JSON.stringify(broken))
    }
  })
})

describe("the kind of an update", () => {
  it("is the one we use, wherever it stands", () => {
    assert.strictEqual(kindOf({ future: 1, update_id: 1, message: {} }), "message")
    for (const kind of ["message", "edited_message", "callback_query", "my_chat_member"]) assert.isTrue(isUsed(kind))
    for (const kind of ["channel_post", "unknown", "update_id", "toString"]) assert.isFalse(isUsed(kind))
  })
})
