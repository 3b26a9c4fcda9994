import { type Envelope, envelopeOf, maxBody, unescapeFromQueue } from "@concierge/core/updates/Envelope.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (value: unknown): Envelope => Result.getOrThrow(envelopeOf(bytesOf(JSON.stringify(value))))

/** What SQS takes (#x9 #xA #xD #x20–#xD7FF #xE000–#xFFFD), beyond the BMP not counted: servers trip over it. */
const isTaken = (text: string): boolean => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/.test(text)

const byte = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })))
const units = Arbitrary.array(Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))), {
  maxLength: 50,
})
const odd = Arbitrary.map(units, (codes) => String.fromCharCode(...codes))

describe("the body of a request", () => {
  it.prop("of any bytes is an envelope or has a reason", [Arbitrary.array(byte, { maxLength: 100 })], ([bytes]) => {
    const envelope = envelopeOf(Uint8Array.from(bytes))
    if (Result.isFailure(envelope)) assert.isNotEmpty(envelope.failure)
  })

  it.prop("of any JSON is an envelope or has a reason", [Schema.Json], ([json]) => {
    const envelope = envelopeOf(bytesOf(JSON.stringify(json)))
    if (Result.isFailure(envelope)) assert.isNotEmpty(envelope.failure)
    else assert.deepStrictEqual(JSON.parse(envelope.success.json), json)
  })

  it.prop("goes on as the same value, in characters that every queue takes", [odd, odd], ([key, text]) => {
    const update = { update_id: 7, message: { text, [key]: [text] } }
    // As Telegram writes it: with the characters themselves where they are well-formed, escaped where they are not.
    for (const json of [JSON.stringify(update), ascii(JSON.stringify(update))]) {
      const envelope = Result.getOrThrow(envelopeOf(bytesOf(json)))
      assert.isTrue(isTaken(envelope.json))
      assert.deepStrictEqual(JSON.parse(envelope.json), JSON.parse(json))
      assert.deepStrictEqual(JSON.parse(unescapeFromQueue(envelope.json)), JSON.parse(json))
    }
  })

  it("is afterwards no longer than it came, and an escape that was written stays one", () => {
    for (const char of [
      "👋",
      "\ufffe",
      "\uffff",
      "é",
      "\\u00e9",
      "\\n",
      "\\\\",
      "\\\\ud83d\\\\udc4b",
      "\\ud83d",
      "\\udc4b",
    ]) {
      const json = `{"update_id":7,"a":"${char.repeat(20)}"}`
      const envelope = Result.getOrThrow(envelopeOf(bytesOf(json)))
      assert.strictEqual(unescapeFromQueue(envelope.json), json)
    }
  })

  it("keeps what we do not know, and numbers as they were written", () => {
    const json = '{"update_id": 7, "poll": {"big": 12345678901234567890, "one": 1.0}, "new": null}\n'
    assert.strictEqual(Result.getOrThrow(envelopeOf(bytesOf(json))).json, json)
  })

  it("may begin with a byte order mark", () => {
    const { json } = Result.getOrThrow(envelopeOf(bytesOf('\ufeff{"update_id":7}')))
    assert.deepStrictEqual(JSON.parse(json), { update_id: 7 })
  })

  it("fits into a message of 1 MiB, whatever is in it", () => {
    for (const char of ["👋", "\uffff", "é", "x"]) {
      const text = char.repeat(Math.floor((maxBody - 30) / Buffer.byteLength(char)))
      const body = bytesOf(`{"update_id":7,"a":"${text}"}`)
      assert.isAtMost(body.byteLength, maxBody)
      const { json } = Result.getOrThrow(envelopeOf(body))
      assert.isAtMost(Buffer.byteLength(json), 1_048_576 - 4_096)
    }
  })
})

const ascii = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)

describe("the envelope", () => {
  it("has the kind and the chat, so that one chat does not hold up the others", () => {
    const from = { id: 2 ** 40 }
    const chat = { id: -1_001_234_567_890 }
    assert.deepInclude(read({ update_id: 1, message: { chat, from } }), { kind: "message", group: "-1001234567890" })
    assert.deepInclude(read({ update_id: 1, callback_query: { from, message: { chat } } }), { group: "-1001234567890" })
    assert.deepInclude(read({ update_id: 1, callback_query: { from } }), {
      kind: "callback_query",
      group: `${2 ** 40}`,
    })
    assert.deepInclude(read({ update_id: 1, my_chat_member: { chat, from } }), { kind: "my_chat_member" })
    assert.deepInclude(read({ update_id: 1, inline_query: { from } }), { kind: "inline_query", group: `${2 ** 40}` })
    assert.deepInclude(read({ update_id: 1, poll_answer: { user: from } }), { group: `${2 ** 40}` })
    assert.deepInclude(read({ update_id: 1 }), { kind: "unknown", group: "none" })
    assert.deepInclude(read({ update_id: 1, message: { chat: { id: "7" } } }), { kind: "message", group: "none" })
  })

  it("has one group for the private chat, whatever a person does there", () => {
    const from = { id: 7 }
    const chat = { id: 7, type: "private" }
    const kinds = [{ message: { chat, from } }, { edited_message: { chat, from } }, { my_chat_member: { chat, from } }]
    const taps = [{ callback_query: { from, message: { chat } } }, { callback_query: { from } }]
    for (const kind of [...kinds, ...taps]) assert.strictEqual(read({ update_id: 1, ...kind }).group, "7")
  })

  it("has a kind that can stand in a message attribute, or none", () => {
    assert.strictEqual(read({ update_id: 1, "\u0000": 1 }).kind, "unknown")
    assert.strictEqual(read({ update_id: 1, ["x".repeat(65)]: 1 }).kind, "unknown")
    assert.strictEqual(read({ a_new_kind: 1, update_id: 1 }).kind, "a_new_kind")
    assert.strictEqual(read({ extra: 1, update_id: 1, message: {} }).kind, "message")
  })
})
