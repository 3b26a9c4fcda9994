import type { Call } from "../services/Pace.ts"

/** As many as a container remembers before it forgets those that are over. */
const capacity = 1_000

/** A method that two chats were refused is refused everybody. */
const everybody = "*"

/**
 * Limits that concern one chat, or one method, and nobody else. Each container learns of them by its own calls, of which
 * Telegram refuses one or two. Times in milliseconds.
 */
export const makeMarks = () => {
  const marks = new Map<string, number>()
  const left = (now: number, ...keys: ReadonlyArray<string>): number =>
    Math.max(0, ...keys.map((key) => (marks.get(key) ?? 0) - now))
  const mark = (now: number, key: string, until: number): void => {
    if (marks.size >= capacity) for (const [old, at] of marks) if (at <= now) marks.delete(old)
    marks.set(key, until)
  }
  return {
    /** For which nothing is to be called in the chat. */
    ofChat: (now: number, chatId: number): number => left(now, chatKey(chatId)),
    ofCall: (now: number, { chatId, method }: Call): number =>
      left(now, methodKey(method, chatId), methodKey(method, everybody)),
    chat: (now: number, chatId: number, wait: number): void => mark(now, chatKey(chatId), now + wait),
    /** True: another method is refused as well. */
    method: (now: number, { chatId, method }: Call, wait: number): boolean => {
      const others = [...marks].some(
        ([key, at]) => at > now && key.startsWith(`${method} `) && key !== methodKey(method, chatId),
      )
      mark(now, methodKey(method, chatId), now + wait)
      if (others) mark(now, methodKey(method, everybody), now + wait)
      return [...marks].some(([key, at]) => at > now && !key.startsWith("chat ") && !key.startsWith(`${method} `))
    },
    forget: (chatId: number): void => void marks.delete(chatKey(chatId)),
  }
}

const chatKey = (chatId: number): string => `chat ${chatId}`
const methodKey = (method: string, chatId: number | typeof everybody): string => `${method} ${chatId}`
