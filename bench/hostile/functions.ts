import { itemOf } from "@concierge/aws/dynamo/attributes.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { parse } from "@concierge/core/attribution/StartPayload.ts"
import { localeOf } from "@concierge/core/brand/Locale.ts"
import { commandOf } from "@concierge/core/onboarding/Command.ts"
import { displayName, escapeHtml, spokenName } from "@concierge/core/onboarding/Name.ts"
import { pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import { maxBody } from "@concierge/core/updates/Envelope.ts"
import type { Row } from "./growth.ts"
import { inBase64, inJson, payloadTexts, texts } from "./texts.ts"

/** What the worker does to a text, by itself, so that nothing else hides what it costs. */
const functions: Readonly<Record<string, (text: string) => unknown>> = {
  commandOf: (text) => commandOf(`/start ${text}.`),
  "commandOf a name": (text) => commandOf(`/${text}`),
  displayName: (text) => displayName("Ana", text),
  spokenName,
  escapeHtml,
  localeOf: (text) => localeOf(brand, text),
  pressedOf: (text) => pressedOf(brand, text),
  itemOf: (text) => itemOf({ payload: { text, texts: [text] } }),
  "parse, before it is trimmed": (text) => parse(` ${text} `),
}

const sizes = { small: maxBody / 16, large: maxBody }

/** Payloads as long as one is read, of which a text can become part in three ways. */
const payloads: Readonly<Record<string, (unit: string, characters: number) => string>> = {
  "parse, a code": (unit, characters) => unit.repeat(Math.floor(characters / unit.length)),
  "parse, a token": (unit, characters) => inBase64("", unit, "|||||", characters),
  "parse, a query": (unit, characters) => inBase64("utm_source=", unit, "&ref=a", characters),
}

/** What a typed command may carry, in UTF-16 units. */
const maxPayload = 512
const payloadSizes = { small: maxPayload / 16, large: maxPayload }

const subject = (run: (text: string) => unknown, text: string, bytes: number) => ({ bytes, run: () => run(text) })

export const functionRows: ReadonlyArray<Row> = [
  ...Object.entries(functions).flatMap(([what, run]) =>
    Object.entries(texts).map(([input, unit]) => ({
      what,
      input,
      sizes,
      at: (size: number) => subject(run, inJson(unit, size), size),
    })),
  ),
  ...Object.entries(payloads).flatMap(([what, payloadOf]) =>
    Object.entries(payloadTexts).map(([input, unit]) => ({
      what,
      input,
      sizes: payloadSizes,
      at: (size: number) => subject(parse, payloadOf(unit, size), size),
    })),
  ),
]
