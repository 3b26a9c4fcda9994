import * as Schema from "effect/Schema"

const described = { description: Schema.String }

export class BadRequest extends Schema.TaggedError<BadRequest>()("BadRequest", described) {}
export class Unauthorized extends Schema.TaggedError<Unauthorized>()("Unauthorized", described) {}
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", described) {}
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", described) {}
export class Conflict extends Schema.TaggedError<Conflict>()("Conflict", described) {}
export class TooLarge extends Schema.TaggedError<TooLarge>()("TooLarge", described) {}

/** A limit's answer, or what a test asked for in place of the real one. */
export class Injected extends Schema.TaggedError<Injected>()("Injected", {
  ...described,
  status: Schema.Int,
  /** Seconds, as in `parameters.retry_after`. */
  retryAfter: Schema.optionalKey(Schema.Int),
}) {}

/** Every way in which the Bot API refuses a call. */
export class BotApiError extends Schema.TaggedError<BotApiError>()("BotApiError", {
  reason: Schema.Union([BadRequest, Unauthorized, Forbidden, NotFound, Conflict, TooLarge, Injected]),
}) {}

export const badRequest = (what: string): BotApiError =>
  new BotApiError({ reason: new BadRequest({ description: `Bad Request: ${what}` }) })

export const forbidden = (what: string): BotApiError =>
  new BotApiError({ reason: new Forbidden({ description: `Forbidden: ${what}` }) })

export const conflict = (what: string): BotApiError =>
  new BotApiError({ reason: new Conflict({ description: `Conflict: ${what}` }) })

export const tooManyRequests = (retryAfter: number): BotApiError =>
  injected({ status: 429, description: `Too Many Requests: retry after ${retryAfter}`, retryAfter })

export const unauthorized = new BotApiError({ reason: new Unauthorized({ description: "Unauthorized" }) })
export const notFound = new BotApiError({ reason: new NotFound({ description: "Not Found" }) })
export const tooLarge = new BotApiError({ reason: new TooLarge({ description: "Request Entity Too Large" }) })

export const injected = (reason: {
  readonly status: number
  readonly description: string
  readonly retryAfter?: number
}): BotApiError => new BotApiError({ reason: new Injected(reason) })

const statuses = { BadRequest: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404, Conflict: 409, TooLarge: 413 }

export const statusOf = ({ reason }: BotApiError): number =>
  reason._tag === "Injected" ? reason.status : statuses[reason._tag]

/** The body that goes with it on the wire. */
export const bodyOf = (error: BotApiError): object => ({
  ok: false,
  error_code: statusOf(error),
  description: error.reason.description,
  ...(error.reason._tag === "Injected" &&
    error.reason.retryAfter !== undefined && { parameters: { retry_after: error.reason.retryAfter } }),
})
