import { readFileSync } from "node:fs"
import {
  CallbackQuery,
  ChatMemberUpdated,
  decodeUpdate,
  kindOf,
  Person,
  ReceivedMessage,
} from "@concierge/core/updates/Update.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"

const chat = { id: 7, type: "private" }
const from = { id: 7, is_bot: false, first_name: "Ana", last_name: "Ruiz", username: "ana", language_code: "es" }
const thread = { message_thread_id: 3, is_topic_message: true }
const message = {
  message_id: 5,
  date: 1_772_600_767,
  chat,
  from,
  sender_chat: { id: -100 },
  ...thread,
  text: "/start",
  forward_origin: { type: "user" },
  forward_date: 1_772_600_000,
  via_bot: { id: 8 },
}

/** One update of each kind, with every field that we read. */
const full = {
  message,
  edited_message: message,
  callback_query: { id: "1", from, data: "finish", message: { chat, ...thread } },
  my_chat_member: { chat, from, date: 1_772_600_767, new_chat_member: { status: "kicked" } },
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null

/** Every way of leaving one field out, beside the same with `null` in its place. */
const gaps = (fields: Fields, path = ""): ReadonlyArray<{ path: string; absent: Fields; nulled: Fields }> =>
  Object.entries(fields).flatMap(([name, value]) => {
    const { [name]: _, ...absent } = fields
    const here = { path: `${path}${name}`, absent, nulled: { ...fields, [name]: null } }
    const below = isFields(value) ? gaps(value, `${path}${name}.`) : []
    return [
      here,
      ...below.map((gap) => ({
        path: gap.path,
        absent: { ...fields, [name]: gap.absent },
        nulled: { ...fields, [name]: gap.nulled },
      })),
    ]
  })

describe("null in an update", () => {
  it.each(Object.entries(full))("is the same as nothing, in any field of %s", (kind, content) => {
    assert.isTrue(Result.isSuccess(decodeUpdate({ update_id: 1, [kind]: content })))
    for (const { absent, nulled, path } of gaps(content)) {
      const [one, other] = [absent, nulled].map((fields) => decodeUpdate({ update_id: 1, [kind]: fields }))
      assert.strictEqual(one?._tag, other?._tag, path)
      if (one !== undefined && other !== undefined && Result.isSuccess(one) && Result.isSuccess(other)) {
        assert.deepStrictEqual(one.success, other.success, path)
      }
    }
  })

  it("names no kind", () => {
    assert.strictEqual(kindOf({ update_id: 1, message: null, callback_query: {} }), "callback_query")
    assert.strictEqual(kindOf({ update_id: 1, message: null, poll: {} }), "poll")
    assert.strictEqual(kindOf({ update_id: 1, poll: null }), "unknown")
  })

  it("among the other kinds does not keep one from being read", () => {
    const update = { update_id: 1, message: null, edited_message: null, my_chat_member: null, poll: null }
    assert.deepStrictEqual(
      decodeUpdate({ ...update, callback_query: full.callback_query }),
      decodeUpdate({ update_id: 1, callback_query: full.callback_query }),
    )
  })
})

describe("docs/updates.md", () => {
  const page = readFileSync("docs/updates.md", "utf8")

  it("says of every field that may be missing what that means", () => {
    for (const [of, { fields }] of Object.entries({
      CallbackQuery,
      ChatMemberUpdated,
      Message: ReceivedMessage,
      Person,
    })) {
      for (const [name, field] of Object.entries(fields)) {
        if (!field.ast.context?.isOptional) continue
        assert.match(page, new RegExp(`\\| \`${of}\\.${name}\` +\\| \\w`), `${of}.${name}`)
      }
    }
  })
})
