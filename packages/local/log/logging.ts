import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { openLogFile } from "./LogFile.ts"
import { readable } from "./readable.ts"

export const formats = ["text", "json"] as const

/** How lines look at the terminal; in the file they are JSON, as on a stage. */
export type LogFormat = (typeof formats)[number]

export const loggingLayer = (format: LogFormat, directory: string): Layer.Layer<never> =>
  Logger.layer([
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => openLogFile(directory)),
        ({ close }) => Effect.sync(close),
      ),
      ({ write }) =>
        Logger.map(lines, (line: Line) => {
          const json = jsonOf(line)
          write(line.timestamp, json)
          if (format === "json") process.stdout.write(`${json}\n`)
          // The update's own line follows.
          else if (line.outcome !== "accepted") process.stdout.write(`${readable(line)}\n`)
        }),
    ),
  ])

/** Of a data directory. */
export const logDirectory = "log"
