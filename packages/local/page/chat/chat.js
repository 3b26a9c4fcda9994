import { readHistory, removeMessage } from "../lib/api.js"
import { h } from "../lib/dom.js"
import { once } from "../lib/once.js"
import { words } from "../words/words.js"
import { composerBar } from "./composer.js"
import { messageList } from "./messages.js"
import { pendingTaps } from "./taps.js"
import { toaster } from "./toast.js"

/** @import { Act, Command } from "../types.d.ts" */

/** Milliseconds between two looks at a chat that nobody has told us anything about. */
const idle = 5_000

/**
 * The conversation and where it is written.
 *
 * @param {{ chatId: number, me: number, commands: () => ReadonlyArray<Command>, act: (act: Act) => Promise<unknown> }} options
 */
export const chatPane = ({ act, chatId, commands, me }) => {
  const toast = toaster()
  const taps = pendingTaps({
    chatId,
    onAnswer: ({ answer }) => answer?.text && toast.show(answer.text),
    onSilence: () => toast.show(words.errors.tap),
  })

  /** @param {Act} what */
  const perform = async (what) => {
    try {
      await act(what)
    } catch (error) {
      toast.show(words.errors.send)
      throw error
    }
    await refresh()
  }
  /** @param {Act} what @returns {Promise<boolean>} False: it went wrong, which has been shown. */
  const attempt = (what) =>
    perform(what).then(
      () => true,
      () => false,
    )

  addEventListener("copied", () => toast.show(words.chat.copied))

  const list = messageList({
    me,
    onEdit: ({ message_id, text = "" }) => composer.edit(message_id, text),
    onRemove: ({ message_id }) =>
      removeMessage(chatId, message_id).then(() => {
        toast.show(words.chat.removed)
        return refresh()
      }),
    onCommand: (command) => attempt({ text: command }),
    onTap: (data, message) => taps.wait(data, perform({ callbackData: data, messageId: message.message_id })),
  })
  const composer = composerBar({
    commands,
    onSend: (text, messageId) => attempt(messageId === undefined ? { text } : { editedText: text, messageId }),
    onUnblock: () => attempt({ membership: "member" }),
  })

  const refresh = once(async () => {
    try {
      const [messages] = await Promise.all([readHistory(chatId), taps.check()])
      list.show(messages ?? [])
    } catch {
      // The host is away; the header says so, and the next look may find it again.
    }
  })

  return {
    element: h("main", { class: "chat" }, list.element, toast.element, composer.element),
    attempt,
    refresh,
    focus: () => list.log.focus({ preventScroll: true }),
    showBlocked: composer.showBlocked,
    /** The journal tells of most news; this finds what it did not. */
    keepFresh: () => {
      setInterval(() => document.visibilityState === "visible" && refresh(), idle)
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh())
    },
  }
}
