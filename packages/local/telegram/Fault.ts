import * as Schema from "effect/Schema"

const millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 600_000 }))

/** How a call goes wrong. */
export const Fault = Schema.Union([
  /** Nothing is done; this error is answered. */
  Schema.TaggedStruct("Refuse", {
    status: Schema.Int.check(Schema.isBetween({ minimum: 400, maximum: 599 })),
    description: Schema.String,
    /** Seconds. */
    retryAfter: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(0))),
  }),
  /** Nothing is done; a server before Telegram's own answers with a page. */
  Schema.TaggedStruct("Page", { status: Schema.Int.check(Schema.isBetween({ minimum: 400, maximum: 599 })) }),
  /** Nothing is done and no answer comes. */
  Schema.TaggedStruct("Hang", {}),
  /** It is done as asked, but the connection is cut instead of the answer. */
  Schema.TaggedStruct("CutAfter", {}),
  /** It is done as asked, and answered only after so many milliseconds. */
  Schema.TaggedStruct("Slow", { millis }),
  /** It is done as asked, and never answered. */
  Schema.TaggedStruct("Lose", {}),
  /** Nothing is done and the connection is cut. */
  Schema.TaggedStruct("CutBefore", {}),
  /** It is done as asked, and whoever asked is killed before the answer. */
  Schema.TaggedStruct("Kill", {}),
])
export type Fault = typeof Fault.Type

export const Injection = Schema.Struct({
  /** As in the URL; `*` is every method, `send*` every one that sends a message. */
  method: Schema.String.check(Schema.isPattern(/^(?:\*|send\*|[a-zA-Z]+)$/)),
  fault: Fault,
  times: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })),
})
export type Injection = typeof Injection.Type

/** Methods that put a message into a chat. */
export const sendsMessage = (method: string): boolean => /^(?:send(?!chataction)|copy|forward)/i.test(method)

export const tooManyRequests = (retryAfter: number): Fault => ({
  _tag: "Refuse",
  status: 429,
  description: `Too Many Requests: retry after ${retryAfter}`,
  retryAfter,
})

export const internalError: Fault = { _tag: "Refuse", status: 500, description: "Internal Server Error" }
