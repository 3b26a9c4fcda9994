import { addresseeOf, type Incoming, incomingOf, nameOf, payloadOf } from "@concierge/core/onboarding/Action.ts"
import { isFor } from "@concierge/core/onboarding/Command.ts"
import { iso } from "@concierge/core/Time.ts"
import type { Update } from "@concierge/core/updates/Update.ts"
import { assert, describe, it } from "@effect/vitest"
import { brand } from "../../../brands/concierge/brand.ts"

const receivedAt = iso("2026-03-04T05:06:10.123Z")
const sentAt = iso("2026-03-04T05:06:07.000Z")
const from = { id: 7, first_name: "Ana" }
const privately = { id: 7, type: "private" }
const group = { id: -100, type: "supergroup" }

const messageIn = (chat: { readonly id: number; readonly type?: string }, text?: string): Update => ({
  update_id: 1,
  message: { message_id: 1, date: 1_772_600_767, chat, from, ...(text !== undefined && { text }) },
})

const incoming = (update: Update): Incoming =>
  incomingOf(update, { brand, receivedAt, isOurs: (command) => isFor(command, "our_bot") })

const triggerOf = (update: Update) => {
  const action = incoming(update)
  return action._tag === "Action" ? action.trigger : action
}

describe("a message in the private chat", () => {
  it("is a command or a text, at Telegram's time", () => {
    assert.deepStrictEqual(incoming(messageIn(privately, "/start ref_a")), {
      _tag: "Action",
      person: from,
      trigger: { _tag: "Start", payload: "ref_a" },
      at: sentAt,
    })
    const commands = { restart: "Restart", menu: "Menu", help: "Help", language: "Language", forgetme: "ForgetMe" }
    for (const [name, _tag] of Object.entries(commands)) {
      for (const text of [`/${name}`, `/${name}@Our_Bot`, `/${name.toUpperCase()} and more`]) {
        assert.deepStrictEqual<unknown>(triggerOf(messageIn(privately, text)), { _tag })
      }
    }
    for (const text of ["hello", "/unknown", "/start@other_bot", "/restart@other_bot", undefined]) {
      assert.deepStrictEqual<unknown>(triggerOf(messageIn(privately, text)), { _tag: "Text" })
    }
  })

  it("is known by the person's own id where the type of the chat is missing", () => {
    assert.deepStrictEqual<unknown>(triggerOf(messageIn({ id: 7 }, "/help")), { _tag: "Help" })
    assert.deepStrictEqual<unknown>(triggerOf(messageIn({ id: -7 }, "/help")), { _tag: "Nothing", why: "group" })
  })

  it("of a bot's is nothing", () => {
    const update: Update = {
      update_id: 1,
      message: { message_id: 1, date: 1, chat: privately, from: { id: 7, is_bot: true } },
    }
    assert.deepStrictEqual<unknown>(incoming(update), { _tag: "Nothing", why: "bot" })
  })
})

describe("a message in a group", () => {
  it("is meant for us only as a /start that names us", () => {
    assert.deepStrictEqual(incoming(messageIn(group, "/start@our_bot ref_a")), {
      _tag: "GroupStart",
      chatId: -100,
      payload: "ref_a",
      locale: "en",
    })
    for (const text of ["/start", "/start@other_bot", "/help@our_bot", "hello", undefined]) {
      assert.deepStrictEqual<unknown>(incoming(messageIn(group, text)), { _tag: "Nothing", why: "group" })
    }
  })

  it("that was edited is not, even then", () => {
    const message = { message_id: 1, date: 1, chat: group, from, text: "/start@our_bot" }
    assert.deepStrictEqual<unknown>(incoming({ update_id: 1, edited_message: message }), {
      _tag: "Nothing",
      why: "group",
    })
  })

  it("without a sender is nothing", () => {
    const message = { message_id: 1, date: 1, chat: group, text: "/start@our_bot" }
    assert.deepStrictEqual<unknown>(incoming({ update_id: 1, message }), { _tag: "Nothing", why: "group" })
  })
})

describe("a tap", () => {
  const tap = (message?: { readonly chat: { readonly id: number; readonly type?: string } }): Update => ({
    update_id: 1,
    callback_query: { id: "q", from, data: "finish", ...(message !== undefined && { message }) },
  })

  it("has the time we received it, and needs no message", () => {
    for (const update of [tap(), tap({ chat: privately }), tap({ chat: { id: 7 } })]) {
      const expected = { _tag: "Button", button: { _tag: "Step", data: "finish" }, queryId: "q" }
      assert.deepStrictEqual<unknown>(incoming(update), {
        _tag: "Action",
        person: from,
        trigger: expected,
        at: receivedAt,
      })
    }
  })

  it("in a group is nothing, but has to be answered", () => {
    assert.deepStrictEqual<unknown>(incoming(tap({ chat: group })), { _tag: "Nothing", why: "group", queryId: "q" })
  })
})

describe("a change of membership", () => {
  it.each([
    ["kicked", true],
    ["member", false],
    ["left", false],
  ] as const)("to %s", (status, blocked) => {
    const change = { chat: privately, from, date: 1_772_600_767, new_chat_member: { status } }
    assert.deepStrictEqual<unknown>(triggerOf({ update_id: 1, my_chat_member: change }), {
      _tag: "Membership",
      blocked,
    })
  })
})

describe("an event", () => {
  it("is kept under the name of what was done", () => {
    assert.strictEqual(nameOf({ _tag: "Start", payload: "" }), "start")
    assert.strictEqual(nameOf({ _tag: "ForgetMe" }), "forget_me")
    assert.strictEqual(
      nameOf({ _tag: "Button", button: { _tag: "Step", data: "play_audio" }, queryId: "q" }),
      "play_audio",
    )
    const answer = { _tag: "Answer", question: "colour", choice: "red" } as const
    assert.strictEqual(nameOf({ _tag: "Button", button: answer, queryId: "q" }), "answer")
    assert.strictEqual(nameOf({ _tag: "Button", button: undefined, queryId: "q" }), "unknown_button")
  })

  it("keeps the decoded fields of its kind", () => {
    assert.deepInclude(payloadOf(messageIn(privately, "hi")), { text: "hi", message_id: 1 })
  })

  it("asks for our own name only where a command of a new message names a bot", () => {
    assert.strictEqual(addresseeOf(messageIn(group, "/start@our_bot")), "our_bot")
    assert.isUndefined(addresseeOf(messageIn(group, "/start")))
    assert.isUndefined(addresseeOf({ update_id: 1, callback_query: { id: "q", from } }))
  })
})
