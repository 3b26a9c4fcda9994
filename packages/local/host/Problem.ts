import type { ConfigError } from "effect/Config"
import type { ServeError } from "effect/http/HttpServerError"
import * as Predicate from "effect/Predicate"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** Something that whoever starts the host can mend: a line that says what to do, and no stack trace. */
export class Problem extends Schema.TaggedError<Problem>()("Problem", { advice: Schema.String }) {
  /** `main` prints it; the runtime need not. */
  override readonly [Runtime.errorReported] = false
}

/** The server could not listen. */
export const ofServer =
  (port: number) =>
  ({ cause }: ServeError): Problem =>
    new Problem({ advice: `${whyNot(port, cause)} Choose another port: PORT=${port === 8788 ? 8789 : 8788} npm start` })

const whyNot = (port: number, cause: unknown): string => {
  const code = Predicate.hasProperty(cause, "code") ? cause.code : undefined
  if (code === "EADDRINUSE") return `Port ${port} is taken, perhaps by a Concierge that still runs.`
  return `The host cannot listen on port ${port} of 127.0.0.1 (${code}).`
}

/** A setting that one of the services reads by itself. */
export const ofConfig = ({ message }: ConfigError): Problem =>
  new Problem({ advice: `A setting cannot be used: ${message.replace(/\s+/g, " ")}` })
