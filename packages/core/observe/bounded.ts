import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Tracer from "effect/Tracer"
import { nameOfError } from "./nameOfError.ts"

/**
 * So that a span fits wherever it ends up: X-Ray takes documents of 64 KB, 50 annotations and names of 200 characters, none
 * of them a newline (docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html).
 */
export const limits = { attributes: 48, key: 64, text: 256, name: 200, stack: 2_048 } as const

/** In characters that take three bytes at most, in UTF-8 and in JSON: it would make six of any other. */
const cut = (text: string, most: number): string =>
  (text.length <= most ? text : `${text.slice(0, most - 1)}…`).toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, " ")

/** X-Ray takes letters, numbers and these in a name; anything else becomes a line. */
export const nameOf = (name: string): string => cut(name, limits.name).replaceAll(/[^\p{L}\p{N} _.:/%&#=+\-@]/gu, "_")

const valueOf = (value: unknown): unknown => {
  if (typeof value === "string") return cut(value, limits.text)
  if (typeof value === "number" || typeof value === "boolean") return value
  try {
    return cut(JSON.stringify(value) ?? String(value), limits.text)
  } catch {
    return "it cannot be written"
  }
}

/** What failed, without more of it than fits: its name, the beginning of its message and of its stack. */
const exitOf = (exit: Exit.Exit<unknown, unknown>): Exit.Exit<unknown, unknown> => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return exit
  const failed = Cause.squash(exit.cause)
  const known = failed instanceof Error ? failed : new Error(String(failed))
  const error = new Error(cut(known.message, limits.text))
  return Exit.fail(
    Object.assign(error, { name: cut(nameOfError(failed), limits.name), stack: cut(known.stack ?? "", limits.stack) }),
  )
}

/** A tracer whose spans keep to the limits, whatever they are given. */
export const bounded = (tracer: Tracer.Tracer): Tracer.Tracer =>
  Tracer.make({
    ...tracer,
    span: (options) => {
      const span = tracer.span({ ...options, name: nameOf(options.name) })
      const [attribute, end] = [span.attribute.bind(span), span.end.bind(span)]
      span.attribute = (key, value) => {
        const name = cut(key, limits.key)
        if (name === "") return
        if (span.attributes.size < limits.attributes || span.attributes.has(name)) attribute(name, valueOf(value))
      }
      span.end = (endTime, exit) => end(endTime, exitOf(exit))
      return span
    },
  })
