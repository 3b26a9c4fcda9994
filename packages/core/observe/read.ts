import * as Schema from "effect/Schema"
import type { Line } from "./line.ts"

const LineOf = Schema.StructWithRest(
  Schema.Struct({ timestamp: Schema.String, level: Schema.String, message: Schema.Unknown }),
  [Schema.Record(Schema.String, Schema.Unknown)],
)

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(LineOf))

/** A line of our log, from its text; none where it is somebody else's, such as metrics or Node's own. */
export const readLine = (text: string) => decode(text)

/** Those of an update, and of the request that it came with, the oldest first. */
export const ofUpdate = (lines: ReadonlyArray<Line>, updateId: number): ReadonlyArray<Line> => {
  const own = lines.filter((line) => line.updateId === updateId)
  const requests = new Set<unknown>(own.flatMap(({ correlationId }) => correlationId ?? []))
  return lines
    .filter((line) => line.updateId === updateId || (line.updateId === undefined && requests.has(line.correlationId)))
    .toSorted((one, other) => (one.timestamp < other.timestamp ? -1 : Number(one.timestamp > other.timestamp)))
}
