import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type BotApiError, badRequest } from "./errors.ts"
import { type InlineKeyboardButton, InlineKeyboardMarkup } from "./model.ts"

const decodeJson = Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.JsonObject))
const decodeObject = Schema.decodeUnknownEffect(Schema.JsonObject)
const decodeKeyboard = Schema.decodeUnknownEffect(InlineKeyboardMarkup)

/** The inline keyboard of a `reply_markup`. The other kinds are accepted, but a Message does not show them. */
export const keyboardOf = Effect.fnUntraced(function* (
  markup: unknown,
): Effect.fn.Return<InlineKeyboardMarkup | undefined, BotApiError> {
  if (markup === undefined || markup === null || markup === "") return undefined
  const object = yield* (typeof markup === "string" ? decodeJson : decodeObject)(markup).pipe(
    Effect.mapError(() => badRequest("can't parse reply keyboard markup JSON object")),
  )
  if (!("inline_keyboard" in object)) {
    if ("keyboard" in object || "remove_keyboard" in object || "force_reply" in object) return undefined
    return yield* badRequest("object expected as reply markup")
  }
  const keyboard = yield* decodeKeyboard(object).pipe(
    Effect.mapError(({ message }) =>
      badRequest(`can't parse inline keyboard button: ${message.replaceAll("\n", " ")}`),
    ),
  )
  for (const button of keyboard.inline_keyboard.flat()) yield* checkButton(button)
  // Without buttons there is no keyboard: this is how one is taken away.
  if (!keyboard.inline_keyboard.some((row) => row.length > 0)) return undefined
  return { inline_keyboard: keyboard.inline_keyboard.map((row) => row.map(styled)) }
})

/** In any case; the default is none. */
const styleOf = ({ style = "" }: InlineKeyboardButton): string => style.toLowerCase().replace(/^default$/, "")

const styled = (button: InlineKeyboardButton): InlineKeyboardButton => {
  const { style: _given, ...rest } = button
  const style = styleOf(button)
  return style === "" ? rest : { ...rest, style }
}

const checkButton = (button: InlineKeyboardButton): Effect.Effect<void, BotApiError> => {
  if (button.text === "") return badRequest("can't parse inline keyboard button: button text must be non-empty")
  if (!["", "primary", "danger", "success"].includes(styleOf(button))) {
    return badRequest("can't parse inline keyboard button: invalid button style specified")
  }
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(button.callback_data)
    return bytes < 1 || bytes > 64 ? badRequest("BUTTON_DATA_INVALID") : Effect.void
  }
  if (button.url !== undefined) {
    return /^(https?|tg|ton):\/\/./.test(button.url) || /^[^\s:/]+\.[^\s]+$/.test(button.url)
      ? Effect.void
      : badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
  }
  if (button.copy_text !== undefined) {
    const { length } = button.copy_text.text
    return length < 1 || length > 256 ? badRequest("BUTTON_COPY_TEXT_INVALID") : Effect.void
  }
  const { style: _style, text: _text, ...action } = button
  return Object.keys(action).length === 0
    ? badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    : Effect.void
}
