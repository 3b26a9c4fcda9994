import { readLine } from "@concierge/core/observe/read.ts"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Journal } from "../journal/Journal.ts"
import type { LogFile } from "../log/LogFile.ts"

const Span = Schema.Struct({
  message: Schema.Literal("span"),
  timestamp: Schema.String,
  name: Schema.String,
  millis: Schema.Finite,
  ok: Schema.Boolean,
  updateId: Schema.Int,
  chat: Schema.String,
})

/** Steps, everyday lines, and metrics on their way to CloudWatch, which is nowhere. */
const Quiet = Schema.Union([
  Schema.Struct({ level: Schema.Literals(["TRACE", "DEBUG", "INFO"]) }),
  Schema.Struct({ _aws: Schema.Unknown }),
])

/** `log`: the log as the one machine's terminal has it. `everything`: each step and the metrics as well. */
export type Prints = "warnings" | "log" | "everything"

const decodeSpan = Schema.decodeUnknownResult(Schema.fromJsonString(Span))
const decodeQuiet = Schema.decodeUnknownResult(Schema.fromJsonString(Quiet))

/** What a deployed function writes: its steps go into the journal, its log into the file, and to `print` what `prints` names. */
export const functionLog =
  (journal: Journal["Service"], file: LogFile, print: (line: string) => void, prints: Prints) =>
  (line: string): void => {
    const ours = Option.filter(readLine(line), ({ level }) => level !== "DEBUG")
    if (Option.isSome(ours)) file.write(ours.value.timestamp, line)
    const span = decodeSpan(line)
    if (Result.isSuccess(span)) {
      const { chat, millis, name, ok, timestamp, updateId } = span.success
      journal.add({ updateId, chat, at: timestamp, what: name, millis, ok })
    }
    const isShown = prints === "everything" || (prints === "log" && Option.isSome(ours))
    if (isShown || Result.isFailure(decodeQuiet(line))) print(line)
  }
