import { createReadStream, readdirSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import type { Line } from "@concierge/core/observe/line.ts"
import { ofUpdate, readLine } from "@concierge/core/observe/read.ts"
import { LogLines, LogLinesError } from "@concierge/core/services/LogLines.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { isLogFile, nameOf } from "./LogFile.ts"

/** From the files of this directory, of which there are none before the first start. */
export const layer = (directory: string): Layer.Layer<LogLines> =>
  Layer.succeed(
    LogLines,
    LogLines.of({
      lacking: "A level above Info writes none, and a full disk takes none.",
      ofUpdate: (updateId, from) =>
        Effect.tryPromise({
          try: async () => ofUpdate(await linesIn(directory, from), updateId),
          catch: (cause) => new LogLinesError({ reason: new Unavailable({ cause }) }),
        }),
    }),
  )

const linesIn = async (directory: string, from: string): Promise<ReadonlyArray<Line>> => {
  const lines: Array<Line> = []
  for (const name of namesIn(directory).filter((name) => isLogFile(name) && name >= nameOf(from))) {
    for await (const text of createInterface({ input: createReadStream(join(directory, name)) })) {
      const line = readLine(text)
      if (Option.isSome(line)) lines.push(line.value)
    }
  }
  return lines
}

const namesIn = (directory: string): ReadonlyArray<string> => {
  try {
    return readdirSync(directory).toSorted()
  } catch {
    return []
  }
}
