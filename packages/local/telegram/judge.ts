import * as Schema from "effect/Schema"
import { makeBucket } from "./bucket.ts"

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

/**
 * What Telegram limits. Its FAQ (core.telegram.org/bots/faq, "My bot is hitting limits") names about 30 messages a second
 * in bulk, one a second in a chat "with short bursts", 20 a minute in a group. Nothing says how the limits are counted;
 * how long a bot is refused, and that it grows for who goes on asking, is what people report.
 */
export const LimitOptions = Schema.Struct({
  /** Messages a second of the whole bot. */
  perSecond: Schema.optionalKey(Positive),
  /** How many the bot may send at once; as many as in a second where it is left out. */
  burst: Schema.optionalKey(Positive),
  /** A private chat takes one a second, and three at once; a group 20 a minute. */
  chats: Schema.optionalKey(Schema.Boolean),
  /** A limit of one method alone, as of uploads: messages a second. */
  methods: Schema.optionalKey(Schema.Record(Schema.String, Positive)),
  /** `call`: a refusal concerns the one call. `bot`: it silences the bot, longer for who goes on calling. */
  model: Schema.optionalKey(Schema.Literals(["call", "bot"])),
  /** Seconds that a refusal names at first. */
  retryAfter: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(0))),
  /** Each call is remembered until somebody has asked for it. */
  remembers: Schema.optionalKey(Schema.Boolean),
  /** What is refused counts like what is taken. */
  refusalsCount: Schema.optionalKey(Schema.Boolean),
})
export type LimitOptions = typeof LimitOptions.Type

export interface Limited {
  readonly taken: number
  readonly refused: number
}

const chatRate = { perSecond: 1, burst: 3 }
const groupRate = { perSecond: 20 / 60, burst: 20 }

/** Calls of a silenced bot after which it is silenced for twice as long, and the most that this comes to, in seconds. */
const impatience = 50
const longest = 120

/** Judges one call after the other: a process without a clock of its own. Times in milliseconds. */
export const judgeOf = (options: LimitOptions) => {
  const { burst, chats = false, methods = {}, model = "call", perSecond, refusalsCount = false } = options
  const bot = perSecond === undefined ? undefined : makeBucket({ perSecond, burst: burst ?? perSecond })
  const byMethod = new Map(
    Object.entries(methods).map(([name, rate]) => [name.toLowerCase(), makeBucket({ perSecond: rate, burst: rate })]),
  )
  const byChat = new Map<number, ReturnType<typeof makeBucket>>()
  const bucketOf = (chatId: number) => {
    const bucket = byChat.get(chatId) ?? makeBucket(chatId < 0 ? groupRate : chatRate)
    byChat.set(chatId, bucket)
    return bucket
  }
  const silence = makeSilence(options)
  return {
    counts: { taken: 0, refused: 0 },
    /** Seconds to wait; 0: it is taken. */
    wait: (method: string, chatId: number, now: number): number => {
      if (model === "bot" && silence.isOn(now)) return silence.left(now)
      const asked = [bot, byMethod.get(method), chats ? bucketOf(chatId) : undefined].filter(
        (each) => each !== undefined,
      )
      const full = asked.filter((bucket) => !bucket.fits(now))
      if (full.length === 0 || refusalsCount) for (const bucket of asked) bucket.take(now)
      if (full.length === 0) return 0
      if (bot !== undefined && full.includes(bot)) return silence.begin(now, model === "bot")
      return Math.max(...full.map((bucket) => bucket.secondsLeft(now)))
    },
  }
}

/** The bot's flood wait: twice as long for each fifty calls that ignore it, and as at first after a quiet minute. */
const makeSilence = ({ retryAfter = 5 }: LimitOptions) => {
  let [until, seconds, ignored] = [0, retryAfter, 0]
  const left = (now: number): number => Math.max(1, Math.ceil((until - now) / 1000))
  return {
    isOn: (now: number): boolean => now < until,
    left: (now: number): number => {
      ignored += 1
      if (ignored % impatience === 0) {
        seconds = Math.min(longest, seconds * 2)
        until = now + seconds * 1000
      }
      return left(now)
    },
    begin: (now: number, lasts: boolean): number => {
      if (!lasts) return retryAfter
      if (now > until + 60_000) seconds = retryAfter
      ignored = 0
      until = now + seconds * 1000
      return seconds
    },
  }
}
