import * as Formatter from "effect/Formatter"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as References from "effect/References"

/**
 * A line of JSON with the `timestamp` and `level` by which Lambda filters. Not through the console, which in Lambda
 * would wrap the line in one of its own.
 */
export const writeLine = (line: object): void => void process.stdout.write(`${Formatter.formatJson(line)}\n`)

const jsonLogger = Logger.map(Logger.formatStructured, ({ annotations, cause, level, message, timestamp }) => {
  const [text, ...details] = Array.isArray(message) ? message : [message]
  return writeLine({
    timestamp,
    level,
    message: text,
    ...annotations,
    ...(details.length > 0 && { details }),
    ...(cause !== undefined && { cause }),
  })
})

export const loggingLayer = (level: LogLevel.LogLevel): Layer.Layer<never> =>
  Layer.merge(Logger.layer([jsonLogger]), Layer.succeed(References.MinimumLogLevel, level))
