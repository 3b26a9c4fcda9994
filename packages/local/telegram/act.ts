import * as Schema from "effect/Schema"
import { Profile } from "./Chats.ts"

const who = {
  /** Positive: the private chat of the person with this id. Negative: a group. */
  chatId: Schema.Int.check(Schema.makeFilter((id) => id !== 0)),
  /** Who did it; only a group needs to be told. */
  fromId: Schema.optionalKey(Schema.Int),
  from: Schema.optionalKey(Profile),
}

/** The topic of a forum, or of a private chat, that it is done in; General unless given. */
const topic = Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(1)))

const messageId = Schema.optionalKey(Schema.Int)

/** Something that a person does in Telegram. */
export const Act = Schema.Union([
  /** Writes a message of 1–4096 characters. */
  Schema.Struct({ ...who, topic, text: Schema.NonEmptyString.check(Schema.isMaxCodePoints(4096)) }),
  /** Taps a button: of the message named, else of the latest that has it. */
  Schema.Struct({ ...who, callbackData: Schema.String, messageId }),
  /** Blocks the bot or starts it again; in a group, removes or adds it. */
  Schema.Struct({ ...who, membership: Schema.Literals(["kicked", "member"]) }),
  /** Closes a topic to all but administrators, or opens it again. */
  Schema.Struct({ ...who, topic, topicClosed: Schema.Boolean }),
  /** Changes what they wrote: in the message named, else in their latest. */
  Schema.Struct({ ...who, editedText: Schema.NonEmptyString, messageId }),
])
export type Act = typeof Act.Type

export class BadAct extends Schema.TaggedError<BadAct>()("BadAct", { problem: Schema.String }) {}

/** What a sender who got it wrong is told. */
export const usage =
  'send {chatId, text}, {chatId, callbackData}, {chatId, membership: "kicked" | "member"} {chatId, editedText} or {chatId, topicClosed: true | false}; ' +
  "optional: from {first_name, last_name, username, language_code}, messageId, topic, fromId (required in a group, chatId < 0)"
