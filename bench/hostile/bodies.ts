import { maxBody } from "@concierge/core/updates/Envelope.ts"
import { buttons } from "../load/path.ts"
import type { Row, Subject } from "./growth.ts"
import { inJson, texts } from "./texts.ts"
import { values } from "./values.ts"
import { receive } from "./webhook.ts"
import { queuedOf, work } from "./worker.ts"

const from = { id: 7, is_bot: false, first_name: "Ana" }
const chat = { id: 7, type: "private" }
const message = { message_id: 1, date: Math.floor(Date.now() / 1000), chat, from, text: "/start" }
const tap = { id: "1", from, message: { chat }, data: buttons[1] ?? "" }

const updateOf = (fields: object): string => JSON.stringify({ update_id: 1, ...fields })

/** Where a stranger's text can stand. */
const fields: Readonly<Record<string, (text: string) => string>> = {
  "a text": (text) => updateOf({ message: { ...message, text } }),
  "a command": (text) => updateOf({ message: { ...message, text: `/start ${text}.` } }),
  "a name": (first_name) => updateOf({ message: { ...message, from: { ...from, first_name } } }),
  "a language": (language_code) => updateOf({ message: { ...message, from: { ...from, language_code } } }),
  "a button": (data) => updateOf({ callback_query: { ...tap, data } }),
  "a tap": (id) => updateOf({ callback_query: { ...tap, id } }),
  "a kind": (kind) => updateOf({ [kind]: 0 }),
}

/** Where a value can stand that nobody asked for. */
const places: Readonly<Record<string, (value: string) => string>> = {
  "an unused kind": (value) => `{"update_id":1,"poll":${value}}`,
  "no message": (value) => `{"update_id":1,"message":${value}}`,
  "a field more": (value) => `{"update_id":1,"message":${JSON.stringify(message).slice(0, -1)},"more":${value}}}`,
  // Without its brackets: fields beside the kind, if it is an object.
  "fields of an update": (value) => `{"update_id":1,${value.slice(1, -1)}}`,
  "no update": (value) => value,
}

/** By input and size, the body that it makes. */
const bodies = [
  ...Object.entries(fields).flatMap(([what, bodyOf]) =>
    Object.entries(texts).map(([input, unit]) => ({
      what,
      input,
      bodyOf: (size: number) => bodyOf(inJson(unit, size)),
    })),
  ),
  ...Object.entries(places).flatMap(([what, bodyOf]) =>
    Object.entries(values).map(([input, valueOf]) => ({
      what,
      input,
      bodyOf: (size: number) => bodyOf(valueOf(size)),
    })),
  ),
]

/** Room for what is around the part that grows. */
const frame = 512

const sizes = { small: maxBody / 16 - frame, large: maxBody - frame }

const rowsOf =
  (who: string, at: (body: Uint8Array) => Subject["run"]) =>
  ({ bodyOf, input, what }: (typeof bodies)[number]): Row => ({
    what: `${who}, ${what}`,
    input,
    sizes,
    at: (size) => {
      const body = new TextEncoder().encode(bodyOf(size))
      return { bytes: body.byteLength, run: at(body) }
    },
  })

export const bodyRows: ReadonlyArray<Row> = [
  ...bodies.map(rowsOf("webhook", (body) => () => receive(body))),
  ...bodies.map(
    rowsOf("worker", (body) => {
      const queued = queuedOf(body)
      return () => work(queued)
    }),
  ),
]
