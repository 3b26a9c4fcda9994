import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type BotApiError, tooManyRequests } from "./errors.ts"
import { judgeOf, type Limited, type LimitOptions } from "./judge.ts"
import { Options } from "./Options.ts"
import type { Params } from "./params.ts"

/** A call that was judged. */
export interface Judged {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly chatId: number
  readonly method: string
  readonly taken: boolean
}

/** Which messages Telegram takes, and which it refuses with 429; none unless it is told to. */
export class Limits extends Context.Service<
  Limits,
  {
    set(options: LimitOptions): void
    /** Undefined: the call may be made. */
    refusal(method: string, params: Params): Effect.Effect<BotApiError | undefined>
    /** Of the calls that are limited, since it was told to. */
    counts(): Limited
    /** The calls since this was asked before, where they are to be remembered. */
    calls(): ReadonlyArray<Judged>
  }
>()("@concierge/local/telegram/Limits") {}

export const layer = Layer.effect(
  Limits,
  Effect.map(Options, ({ limits = {} }) => {
    let judge = judgeOf(limits)
    let remembers = limits.remembers ?? false
    const calls: Array<Judged> = []
    return Limits.of({
      set: (options) => {
        judge = judgeOf(options)
        remembers = options.remembers ?? false
      },
      counts: () => judge.counts,
      calls: () => calls.splice(0),
      refusal: (method, { values }) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          if (!/^(send(?!chataction)|copy|forward)/i.test(method)) return undefined
          const seconds = judge.wait(method.toLowerCase(), Number(values.chat_id), now)
          if (seconds === 0) judge.counts.taken += 1
          else judge.counts.refused += 1
          if (remembers) calls.push({ at: now, chatId: Number(values.chat_id), method, taken: seconds === 0 })
          return seconds === 0 ? undefined : tooManyRequests(seconds)
        }),
    })
  }),
)
