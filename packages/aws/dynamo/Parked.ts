import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb"
import { eventId } from "@concierge/core/ids.ts"
import { EventsError } from "@concierge/core/services/Events.ts"
import { Parked } from "@concierge/core/services/Parked.ts"
import { Event } from "@concierge/core/updates/Event.ts"
import * as Arr from "effect/Array"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import * as Schedule from "effect/Schedule"
import { call, type Policy } from "../sdk/call.ts"
import { decoderOf, type Item } from "./attributes.ts"
import { placeholders } from "./change.ts"

export interface Options {
  /** Name of the events table. */
  readonly table: string
}

/** Four attempts a page within 25 s: a page is a megabyte, and an operator has more patience than a function. */
const pagePolicy: Policy = {
  timeout: Duration.seconds(5),
  retry: Schedule.exponential("500 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 })),
}

/**
 * The parked events in DynamoDB. The whole table is read for them: an operator asks after an alarm, a few times a year,
 * where an index would cost every one of a year's updates a second write. With a client of its own, so that no function
 * carries the scan.
 */
export const layer = ({ table }: Options): Layer.Layer<Parked> =>
  Layer.effect(
    Parked,
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new DynamoDBClient({ maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy()),
      )
      const decode = decoderOf(Event)
      const parkedOf = (item: Item) =>
        Effect.map(Effect.result(decode(item)), (event) => ({ eventId: eventId(item.eventId?.S ?? ""), event }))
      const filter = "#outcome = :parked"
      const page = (from: Item | undefined) => {
        const command = new ScanCommand({
          TableName: table,
          // What was worked a moment ago is not listed again.
          ConsistentRead: true,
          FilterExpression: filter,
          ...placeholders(filter, { parked: "parked" }),
          ...(from !== undefined && { ExclusiveStartKey: from }),
        })
        return call((abortSignal) => client.send(command, { abortSignal }), pagePolicy)
      }
      return Parked.of({
        list: Effect.fn("Parked.list")(
          function* (max: number) {
            let first: ReadonlyArray<Item> = []
            let from: Item | undefined
            // To the end even when there are enough: a scan has no order, and the oldest may come last.
            do {
              const { Items = [], LastEvaluatedKey } = yield* page(from)
              first = Arr.sortWith([...first, ...Items], ageOf, Order.String).slice(0, max)
              from = LastEvaluatedKey
            } while (from !== undefined)
            return yield* Effect.forEach(first, parkedOf)
          },
          Effect.mapError((reason) => new EventsError({ reason })),
        ),
      })
    }),
  )

/** Times are all of one length; the id keeps events of one millisecond in order. */
const ageOf = ({ eventId, timestamp }: Item): string => `${timestamp?.S} ${eventId?.S}`
