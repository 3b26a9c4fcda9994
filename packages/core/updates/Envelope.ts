import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import { kindOf } from "./Update.ts"

/** Largest body taken from Telegram, in bytes: an update of theirs stays far below. */
export const maxBody = 262_144

/** As much of an update as the webhook looks at. */
export interface Envelope {
  readonly updateId: number
  readonly kind: string
  /** Chat id as text, or the person's, or `none`. */
  readonly group: string
  /** The same JSON value in characters that every queue takes. */
  readonly json: string
}

/** Fails with what is wrong with the body, in words for whoever sent it. No generator: this is the webhook's hot path. */
export const envelopeOf = (body: Uint8Array): Result.Result<Envelope, string> => {
  const json = textOf(body)
  if (json === undefined) return Result.fail("the body is not UTF-8")
  const update = parse(json)
  if (update === undefined) return Result.fail("the body is not JSON")
  if (!Predicate.isObject(update) || Array.isArray(update)) return Result.fail("the body is not a JSON object")
  const updateId = field(update, "update_id")
  if (!isSafeInteger(updateId)) return Result.fail("update_id is missing or not a safe integer")
  const kind = kindOf(update)
  return Result.succeed({ updateId, kind, group: groupOf(field(update, kind)), json: escapeForQueue(json) })
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

const textOf = (body: Uint8Array): string | undefined => {
  try {
    return utf8.decode(body)
  } catch {
    return undefined
  }
}

/** No JSON text means `undefined`. */
const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const field = (value: unknown, key: string): unknown =>
  Predicate.isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined

const groupOf = (content: unknown): string => {
  const chat = field(content, "chat") ?? field(field(content, "message"), "chat")
  const id = field(chat, "id") ?? field(field(content, "from"), "id") ?? field(field(content, "user"), "id")
  return isSafeInteger(id) ? String(id) : "none"
}

const isSafeInteger = (value: unknown): value is number => Number.isSafeInteger(value)

/**
 * SQS refuses U+FFFE, U+FFFF and lone surrogates, and servers that speak its protocol trip over characters beyond the
 * BMP. In JSON they can only stand inside strings, where an escape means the same.
 */
const escapeForQueue = (json: string): string =>
  json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)

/**
 * The update's text again without the escapes that the queue needed, which may be three times as long as what they stand
 * for: with them the largest body would not fit into an item of DynamoDB's (400 KB).
 */
export const unescapeFromQueue = (json: string): string =>
  json.replace(/\\u(d[89ab]..)\\u(d[c-f]..)|\\u(fff[ef])|\\./gis, (escape, high, low, odd) => {
    const codes = [high, low, odd].filter((code) => code !== undefined)
    return codes.length === 0 ? escape : String.fromCharCode(...codes.map((code) => Number.parseInt(code, 16)))
  })
