import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as References from "effect/References"

/**
 * A line of JSON with the `timestamp` and `level` by which Lambda filters. Not through the console, which in Lambda
 * would wrap the line in one of its own.
 */
export const writeLine = (line: Line): void => void process.stdout.write(`${jsonOf(line)}\n`)

export const loggingLayer = (level: LogLevel.LogLevel): Layer.Layer<never> =>
  Layer.merge(Logger.layer([Logger.map(lines, writeLine)]), Layer.succeed(References.MinimumLogLevel, level))
