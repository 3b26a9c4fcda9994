import { deleteMyCommands, getMyCommands, setMyCommands } from "./commands.ts"
import {
  getMyDescription,
  getMyName,
  getMyShortDescription,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from "./descriptions.ts"
import { deleteMessage, editMessageReplyMarkup, editMessageText } from "./edit.ts"
import type { Method } from "./method.ts"
import { answerCallbackQuery, getChat, getFile, getMe } from "./other.ts"
import { sendChatAction, sendMessage, sendVideo, sendVoice } from "./send.ts"
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from "./webhook.ts"

const methods = {
  answerCallbackQuery,
  deleteMessage,
  deleteMyCommands,
  deleteWebhook,
  editMessageReplyMarkup,
  editMessageText,
  getChat,
  getFile,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  getUpdates,
  getWebhookInfo,
  sendChatAction,
  sendMessage,
  sendVideo,
  sendVoice,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
  setWebhook,
}

/** By name in lower case: Telegram does not care how a method is capitalised. */
export const methodByName: ReadonlyMap<string, Method> = new Map(
  Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]),
)
