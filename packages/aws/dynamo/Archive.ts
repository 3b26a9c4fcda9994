import { DescribeTableCommand, DynamoDBClient, ScanCommand, type ScanCommandInput } from "@aws-sdk/client-dynamodb"
import { counted } from "@concierge/core/attribution/Counted.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { call, type Policy } from "../sdk/call.ts"
import { fieldsOf, type Item } from "./attributes.ts"
import { placeholders } from "./change.ts"
import type { TableNames } from "./Dynamo.ts"

/** Four attempts a page within 25 s: a page is a megabyte, and an operator has more patience than a function. */
const pagePolicy: Policy = {
  timeout: Duration.seconds(5),
  retry: Schedule.exponential("500 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 })),
}

/** Parts of a table that are read at once. */
const segments = 8

/** Whole tables in DynamoDB, by scans: a report is made a few times a day, where an index would cost every update a write. */
export const layer = ({ events, settings }: Pick<TableNames, "events" | "settings">): Layer.Layer<Archive> =>
  Layer.effect(
    Archive,
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new DynamoDBClient({ maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy()),
      )
      const segment = (input: ScanCommandInput, Segment: number) =>
        Stream.paginate(undefined, (ExclusiveStartKey: Item | undefined) => {
          const from = ExclusiveStartKey !== undefined && { ExclusiveStartKey }
          const command = new ScanCommand({ ...input, Segment, TotalSegments: segments, ConsistentRead: true, ...from })
          return Effect.map(
            call((abortSignal) => client.send(command, { abortSignal }), pagePolicy),
            ({ Items = [], LastEvaluatedKey }) => [Items, Option.fromUndefinedOr(LastEvaluatedKey)] as const,
          )
        })
      const scan = (input: ScanCommandInput) =>
        Stream.mergeAll(
          Array.from({ length: segments }, (_, number) => segment(input, number)),
          { concurrency: segments },
        ).pipe(Stream.map(fieldsOf))
      const projection = ["eventId", ...Object.keys(counted)].map((name) => `#${name}`).join(", ")
      return Archive.of({
        settings: (prefix) =>
          scan({
            TableName: settings,
            FilterExpression: "begins_with(#key, :prefix)",
            ...placeholders("#key", { prefix }),
          }).pipe(Stream.map((fields) => ({ key: String(fields.key), fields }))),
        events: scan({
          TableName: events,
          ProjectionExpression: projection,
          ...placeholders(projection, {}),
        }).pipe(Stream.map((fields) => ({ eventId: String(fields.eventId), counted: fields }))),
        size: Effect.map(
          call(
            (abortSignal) => client.send(new DescribeTableCommand({ TableName: events }), { abortSignal }),
            pagePolicy,
          ),
          ({ Table }) => Table?.ItemCount ?? 0,
        ),
      })
    }),
  )
