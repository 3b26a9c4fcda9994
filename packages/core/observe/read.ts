import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { toIso } from "../Time.ts"
import type { Line } from "./line.ts"

const said = { level: Schema.String, message: Schema.Unknown }
const rest = [Schema.Record(Schema.String, Schema.Unknown)] as const

const LineOf = Schema.StructWithRest(Schema.Struct({ timestamp: Schema.String, ...said }), rest)

/** The webhook's line is one with its metrics, and has their time. */
const MetricsOf = Schema.StructWithRest(
  Schema.Struct({ _aws: Schema.Struct({ Timestamp: Schema.Finite }), ...said }),
  rest,
)

const decodeLine = Schema.decodeUnknownOption(Schema.fromJsonString(LineOf))
const decodeMetrics = Schema.decodeUnknownOption(Schema.fromJsonString(MetricsOf))

/** A line of our log, from its text; none where it is somebody else's, such as mere metrics or Node's own. */
export const readLine = (text: string): Option.Option<Line> =>
  Option.orElse(decodeLine(text), () =>
    Option.map(decodeMetrics(text), ({ _aws, ...line }): Line => ({ ...line, timestamp: toIso(_aws.Timestamp) })),
  )

/** Those of an update, and of the request that it came with, the oldest first. */
export const ofUpdate = (lines: ReadonlyArray<Line>, updateId: number): ReadonlyArray<Line> => {
  const own = lines.filter((line) => line.updateId === updateId)
  const requests = new Set<unknown>(own.flatMap(({ correlationId }) => correlationId ?? []))
  return lines
    .filter((line) => line.updateId === updateId || (line.updateId === undefined && requests.has(line.correlationId)))
    .toSorted((one, other) => (one.timestamp < other.timestamp ? -1 : Number(one.timestamp > other.timestamp)))
}
