import { ofUpdate, readLine } from "@concierge/core/observe/read.ts"
import { LogLines, LogLinesError } from "@concierge/core/services/LogLines.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { fromIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { Aws, AwsRefused } from "../checks/Aws.ts"
import { ask } from "../checks/look.ts"

const Started = Schema.Struct({ queryId: Schema.String })

const Answer = Schema.Struct({
  status: Schema.String,
  results: Schema.Array(Schema.Array(Schema.Struct({ field: Schema.String, value: Schema.String }))),
})

/** An update has a dozen lines, after an outage a few dozen. */
const most = 1_000

/** A query of two weeks takes some seconds. */
const patience = Schedule.spaced("1 second").pipe(Schedule.upTo({ times: 60 }))

/** A stage's log, by CloudWatch Logs Insights: it looks through two weeks in seconds, where a filter would read page after page. */
export const layer = (groups: ReadonlyArray<string>): Layer.Layer<LogLines, never, Aws> =>
  Layer.effect(
    LogLines,
    Effect.map(Aws, (aws) =>
      LogLines.of({
        lacking: "CloudWatch may not have taken it in yet: try again in a minute. A worker that was killed wrote none.",
        ofUpdate: (updateId, from) =>
          Effect.map(found(groups, updateId, fromIso(from)), (texts) =>
            ofUpdate(
              texts.flatMap((text) => Option.toArray(readLine(text))),
              updateId,
            ),
          ).pipe(
            Effect.provideService(Aws, aws),
            Effect.mapError((refusal) => new LogLinesError({ reason: new Unavailable({ cause: refusal }) })),
          ),
      }),
    ),
  )

const found = Effect.fnUntraced(function* (groups: ReadonlyArray<string>, updateId: number, from: number) {
  const now = yield* Clock.currentTimeMillis
  const { queryId } = yield* ask(
    Started,
    ...["logs", "start-query", "--log-group-names", ...groups],
    ...["--start-time", String(Math.floor(from / 1000)), "--end-time", String(Math.ceil(now / 1000))],
    ...["--query-string", `fields @message | filter updateId = ${updateId} | sort @timestamp asc | limit ${most}`],
  )
  const { results } = yield* ask(Answer, "logs", "get-query-results", "--query-id", queryId).pipe(
    Effect.repeat({ schedule: patience, until: ({ status }) => !pending.includes(status) }),
    Effect.filterOrFail(
      ({ status }) => status === "Complete",
      ({ status }) =>
        new AwsRefused({ code: "", says: `the log's query is "${status}" after a minute at most: once more` }),
    ),
  )
  return results.flatMap((fields) => fields.flatMap(({ field, value }) => (field === "@message" ? [value] : [])))
})

const pending = ["Scheduled", "Running", "Unknown"]
