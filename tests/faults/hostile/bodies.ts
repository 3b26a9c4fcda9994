import { maxBody } from "@concierge/core/updates/Envelope.ts"
import type { Dice } from "../../simulator/chance.ts"

const deep = (levels: number, open: string, close: string): string => `${open.repeat(levels)}${close.repeat(levels)}`

const message = (text: string): string =>
  `{"update_id":9000000001,"message":{"message_id":1,"date":1772600000,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":${JSON.stringify(text)}}}`

/** What somebody who means harm sends, and the answer that the table has for it. */
export const nonsense: ReadonlyArray<readonly [string, string | Uint8Array, number]> = [
  ["100,000 brackets", deep(100_000, "[", "]"), 400],
  [
    "20,000 objects in each other",
    `{"update_id":9000000002,"message":${deep(20_000, '{"a":', "}").replace("{}", "{")}`,
    400,
  ],
  ["arrays in each other in a field we use", `{"update_id":9000000003,"message":${deep(30_000, "[", "]")}}`, 200],
  ["arrays in each other in a field we do not", `{"update_id":9000000004,"poll":${deep(30_000, "[", "]")}}`, 200],
  ["a number larger than any", '{"update_id":1e400}', 400],
  ["a number no longer exact", '{"update_id":9007199254740993}', 400],
  ["a number of 100,000 digits", `{"update_id":${"9".repeat(100_000)}}`, 400],
  ["minus zero", '{"update_id":-0,"poll":{}}', 200],
  ["a prototype for the update", '{"__proto__":{"update_id":1}}', 400],
  [
    "a prototype beside the id",
    '{"update_id":9000000005,"__proto__":{"message":{"text":"/start"}},"constructor":{}}',
    200,
  ],
  [
    "a prototype in the message",
    '{"update_id":9000000006,"message":{"__proto__":{"date":1},"hasOwnProperty":1,"toString":null}}',
    200,
  ],
  ["the same key twice", '{"update_id":"x","update_id":9000000007,"poll":{}}', 200],
  ["half an emoji, escaped", '{"update_id":9000000008,"poll":{"question":"\\ud83d"}}', 200],
  ["half an emoji in a /start", message("/start \ud83d"), 200],
  ["half an emoji as bytes", new Uint8Array([0x7b, 0x22, 0xed, 0xa0, 0xbd, 0x22, 0x7d]), 400],
  ["a byte order mark", `\ufeff${message("hello")}`, 200],
  ["characters that SQS refuses", message("\ufffe\uffff\u0001\u001f"), 200],
  ["a text in all directions", message("\u202e/start\u202c \u2066x"), 200],
  [
    "a date beyond time",
    '{"update_id":9000000009,"message":{"message_id":1,"date":1e15,"chat":{"id":5},"from":{"id":5}}}',
    200,
  ],
  ["ids that are no numbers", '{"update_id":9000000010,"callback_query":{"id":{},"from":{"id":"5"},"data":[]}}', 200],
  ["256 KiB of one word", `{"update_id":9000000011,"message":"${"a".repeat(maxBody - 60)}"}`, 200],
  ["256 KiB of keys", keys(), 200],
  ["256 KiB of escapes", `{"update_id":9000000012,"poll":"${"\\u0000".repeat(40_000)}"}`, 200],
  ["256 KiB of emoji", `{"update_id":9000000013,"poll":"${"😀".repeat(60_000)}"}`, 200],
  ["256 KiB of emoji in a field we use", `{"update_id":9000000015,"message":"${"😀".repeat(65_000)}"}`, 200],
  ["256 KiB of what SQS refuses", `{"update_id":9000000016,"message":"${"\uffff".repeat(87_000)}"}`, 200],
  ["a text of 256 KiB of emoji", message("😀".repeat(65_000)), 200],
  ["a megabyte", new Uint8Array(1_048_576), 413],
]

function keys(): string {
  const entries = Array.from({ length: 20_000 }, (_, index) => `"k${index}":0`)
  return `{"update_id":9000000014,${entries.join(",")}}`
}

const values = [
  "null",
  "true",
  "-1",
  "1e308",
  "1e400",
  "[]",
  "{}",
  '""',
  '"/start"',
  '"\\ud800"',
  '"__proto__"',
  "9007199254740992",
]

const kinds = [
  "message",
  "edited_message",
  "callback_query",
  "my_chat_member",
  "poll",
  "__proto__",
  "constructor",
  "update_id",
]

const fields = [
  "message_id",
  "date",
  "chat",
  "from",
  "text",
  "id",
  "data",
  "type",
  "first_name",
  "new_chat_member",
  "status",
  "__proto__",
]

/** Something like an update: now and then even one. */
export const bodyOf = (dice: Dice): string => {
  if (dice.is(0.25))
    return message(dice.of(["/start", "/start ref_a", "/restart", "hello", "/menu@x", ""])).replace(
      "9000000001",
      idOf(dice),
    )
  const content = (depth: number): string => {
    if (depth === 0 || dice.is(0.4)) return dice.of(values)
    const entries = Array.from({ length: dice.below(6) }, () => `"${dice.of(fields)}":${content(depth - 1)}`)
    return `{${entries.join(",")}}`
  }
  return `{"update_id":${dice.is(0.8) ? idOf(dice) : dice.of(values)},"${dice.of(kinds)}":${content(4)}}`
}

const idOf = (dice: Dice): string => String(8_000_000_000 + dice.below(1_000_000_000))
