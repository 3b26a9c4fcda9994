import { userIdOf } from "@concierge/core/ids.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Result from "effect/Result"
import { epoch, type Request } from "./Schedule.ts"

export const groupId = -1_002_000_000_007
export const botUsername = "ConciergeBot"

export interface Doing {
  readonly updateId: number
  readonly chatId: number
  /** When it is done, and when the webhook has it; milliseconds since the start. */
  readonly done: number
  readonly at: number
}

const sender = ({ chatId, updateId }: Doing) => ({
  id: chatId,
  is_bot: false,
  first_name: `Ana${"abcdefghij".charAt(updateId % 10)}${"abcdefghij".charAt(Math.floor(updateId / 10) % 10)}`,
  language_code: chatId % 64 === 0 ? "en" : "es",
})

const dateOf = (doing: Doing): number => Math.floor((epoch + doing.done) / 1000)

const request = (
  doing: Doing,
  name: string,
  content: object,
  more: { payload?: string; dated?: boolean } = {},
): Request => {
  const update = { update_id: doing.updateId, ...content }
  const { dated = true, ...about } = more
  return {
    at: doing.at,
    updateId: doing.updateId,
    envelope: Result.getOrThrow(envelopeOf(new TextEncoder().encode(JSON.stringify(update)))),
    about: {
      chatId: doing.chatId,
      userId: userIdOf(doing.chatId),
      name,
      date: dated ? dateOf(doing) * 1000 : undefined,
      firstName: sender(doing).first_name,
      ...about,
    },
  }
}

const messageOf = (doing: Doing, text: string) => ({
  message_id: doing.updateId,
  date: dateOf(doing),
  chat: { id: doing.chatId, type: "private" },
  from: sender(doing),
  text,
})

export const text = (doing: Doing, words: string, name = words): Request =>
  request(doing, name, { message: messageOf(doing, words) })

export const start = (doing: Doing, payload?: string): Request =>
  request(
    doing,
    "start",
    { message: messageOf(doing, payload === undefined ? "/start" : `/start ${payload}`) },
    {
      ...(payload !== undefined && { payload }),
    },
  )

export const edited = (doing: Doing): Request => request(doing, "edited", { edited_message: messageOf(doing, "hm") })

export const tap = (doing: Doing, data: string): Request =>
  request(
    doing,
    data,
    {
      callback_query: {
        id: `q${doing.updateId}`,
        from: sender(doing),
        data,
        message: { chat: { id: doing.chatId, type: "private" } },
      },
    },
    { dated: false },
  )

/** Yes to the question of /forgetme. */
export const forget = (doing: Doing): Request => ({
  ...tap(doing, `forget:${dateOf(doing)}`),
})

export const membership = (doing: Doing, status: "member" | "kicked"): Request =>
  request(doing, status, {
    my_chat_member: {
      chat: { id: doing.chatId, type: "private" },
      from: sender(doing),
      date: dateOf(doing),
      new_chat_member: { status },
    },
  })

const alone = (request: Request): Request => ({ ...request, about: { ...request.about, userId: undefined } })

export const groupStart = (doing: Doing): Request => {
  const message = { ...messageOf(doing, `/start@${botUsername}`), chat: { id: groupId, type: "group" } }
  const asked = request(doing, "group start", { message })
  return alone({ ...asked, about: { ...asked.about, chatId: groupId } })
}

export const unused = (doing: Doing): Request => alone(request(doing, "poll", { poll: { id: "1" } }))

/** Of a kind that we use, but without what we need of it. */
export const unreadable = (doing: Doing): Request =>
  alone(request(doing, "unreadable", { message: { date: "yesterday", chat: { id: doing.chatId } } }))
