import type { File, OutgoingMessage, Sent } from "@concierge/core/services/Telegram.ts"
import {
  BadFile,
  BadUrl,
  Blocked,
  RateLimited,
  Rejected,
  type TelegramError,
} from "@concierge/core/services/TelegramError.ts"
import { judgeOf } from "../../packages/local/telegram/judge.ts"
import type { Dice } from "./chance.ts"
import type { Fault } from "./Faults.ts"
import { epoch, type Schedule } from "./Schedule.ts"

/** Telegram as it decides about a message that has arrived. */
export class TelegramModel {
  private readonly blocks: Schedule["blocks"]
  private readonly limits = new Map<number, number>()
  private readonly shown = new Map<string, number>()
  private readonly judge: ReturnType<typeof judgeOf> | undefined
  private messages = 0

  constructor({ blocks, rush }: Schedule) {
    this.blocks = blocks
    this.judge = rush && judgeOf(rush.limits)
  }

  /** A refusal says for sure that nobody has got the message. */
  receive(
    now: number,
    { buttons, chatId }: Required<Pick<OutgoingMessage, "buttons" | "chatId">>,
    file: File | undefined,
    fault: Fault | undefined,
    dice: Dice,
  ): Sent | TelegramError["reason"] {
    const limit = limitOf(fault, dice)
    if (limit !== undefined) this.limits.set(chatId, Math.max(now + limit, this.limits.get(chatId) ?? 0))
    const wait = (this.limits.get(chatId) ?? 0) - now
    if (wait > 0) return new RateLimited({ retryAfter: Math.ceil(wait / 1000) })
    const seconds = this.judge?.wait("sendmessage", chatId, now) ?? 0
    if (seconds > 0) return new RateLimited({ retryAfter: seconds })
    if (this.blocks.some((block) => block.chatId === chatId && block.from <= now - epoch && now - epoch < block.to)) {
      return new Blocked({ description: "Forbidden: bot was blocked by the user" })
    }
    if (fault === "400") return refusalOf(file)
    this.messages += 1
    for (const button of buttons) if ("data" in button) this.shown.set(`${chatId} ${button.data}`, now)
    return { messageId: this.messages, ...(file !== undefined && { file: { fileId: `file ${this.messages}` } }) }
  }

  /** When the latest message with this button arrived, in milliseconds; 0: there is none. */
  shownAt(chatId: number, data: string): number {
    return this.shown.get(`${chatId} ${data}`) ?? 0
  }
}

const limitOf = (fault: Fault | undefined, dice: Dice): number | undefined => {
  if (fault === "429 short") return dice.of([500, 1_000, 3_000, 4_900])
  return fault === "429 long" ? dice.of([6_000, 35_000, 120_000, 1_500_000]) : undefined
}

const refusalOf = (file: File | undefined): TelegramError["reason"] => {
  if (file?._tag === "FileId") return new BadFile({ description: "Bad Request: wrong file identifier" })
  if (file?._tag === "Url") return new BadUrl({ description: "Bad Request: failed to get HTTP URL content" })
  return new Rejected({ status: 400, description: "Bad Request: not this one" })
}
