import { EventId, type UserId } from "@concierge/core/ids.ts"
import { type Claim, Events, EventsError, type Finish } from "@concierge/core/services/Events.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import { Event } from "@concierge/core/updates/Event.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { decoderOf, itemOf } from "./attributes.ts"
import { changeOf, notNewer, onlyIf, placeholders } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

const End = Schema.Struct({
  eventId: EventId,
  outcome: Schema.optionalKey(Schema.String),
  finishedAt: Schema.optionalKey(Iso),
})
const end = "#eventId, #outcome, #finishedAt"

/** The audit trail in DynamoDB. */
export const layer: Layer.Layer<Events, never, Dynamo> = Layer.effect(
  Events,
  Effect.gen(function* () {
    const { get, getAll, put, query, tables, update } = yield* Dynamo
    const decode = decoderOf(Event)
    const decodeEnd = decoderOf(End)
    const decodeKey = decoderOf(Schema.Struct({ eventId: EventId }))
    const TableName = tables.events
    const item = (eventId: EventId) => ({ TableName, Key: itemOf({ eventId }) })

    const seen = ({ eventId }: Claim) => {
      const change = changeOf({ add: { deliveries: 1 }, when: "attribute_exists(#eventId)" })
      return update({ ...item(eventId), ...change, ReturnValues: "ALL_NEW" })
    }
    const again = ({ eventId }: Claim) => {
      const when = "attribute_exists(#eventId) AND (attribute_not_exists(#outcome) OR #outcome <> :parked)"
      const change = changeOf({ add: { deliveries: 1 }, when, values: { parked: "parked" } })
      return update({ ...item(eventId), ...change, ReturnValues: "ALL_NEW" })
    }
    const parked = ({ eventId, timestamp: _first, ...fields }: Claim) => {
      const change = changeOf({
        set: { ...fields, shape: currentShape },
        add: { deliveries: 1 },
        // One that a newer version has parked is left to it.
        when: `#outcome = :parked AND ${notNewer}`,
        values: { parked: "parked", shape: currentShape },
      })
      return update({ ...item(eventId), ...change, ReturnValues: "ALL_NEW" })
    }

    const ofUser = Effect.fnUntraced(function* (userId: UserId) {
      const keys = yield* query({
        TableName,
        IndexName: "UserIdIndex",
        KeyConditionExpression: "#userId = :userId",
        ProjectionExpression: "#eventId",
        ...placeholders("#userId #eventId", { userId }),
      })
      return (yield* Effect.forEach(keys, decodeKey)).map(({ eventId }) => eventId)
    })

    return Events.of({
      claim: Effect.fn("Events.claim")(function* (input: Claim) {
        const first: Event = { ...input, processed: false, deliveries: 1, shape: currentShape }
        if (yield* put({ TableName, Item: itemOf(first), ...onlyIf("attribute_not_exists(#eventId)", {}) }))
          return first
        // Field by field in one request would bring back those that were stripped. It may end in between: seen at last.
        for (const repeat of typeof input.payload === "string" ? [seen] : [again, parked, seen]) {
          const claimed = yield* repeat(input)
          if (claimed !== undefined) return yield* decode(claimed)
        }
        return yield* new Unavailable({ cause: new Error(`${input.eventId} expired while it was claimed`) })
      }, mapError),
      finish: Effect.fn("Events.finish")(function* ({ anonymous, at, counted, eventId, outcome, ...rest }: Finish) {
        const change = changeOf({
          set: { processed: true, outcome, finishedAt: at, ...rest, ...counted },
          remove: anonymous === true ? ["userId", "payload"] : [],
          when: "attribute_exists(#eventId) AND (attribute_not_exists(#outcome) OR #outcome = :parked)",
          values: { parked: "parked" },
        })
        yield* update({ ...item(eventId), ...change })
      }, mapError),
      get: Effect.fn("Events.get")(function* (eventId: EventId) {
        const found = yield* get(TableName, itemOf({ eventId }))
        return found === undefined ? Option.none() : Option.some(yield* decode(found))
      }, mapError),
      finished: Effect.fn("Events.finished")(function* (eventIds: ReadonlyArray<EventId>) {
        const keys = [...new Set(eventIds)].map((eventId) => itemOf({ eventId }))
        const found = yield* getAll(TableName, keys, { ProjectionExpression: end, ...placeholders(end, {}) })
        const ends = yield* Effect.forEach(found, decodeEnd)
        return new Map(
          ends.flatMap(({ eventId, finishedAt, outcome }) =>
            finishedAt === undefined || outcome === undefined || outcome === "parked" ? [] : [[eventId, finishedAt]],
          ),
        )
      }, mapError),
      ofUser: Effect.fn("Events.ofUser")(ofUser, mapError),
      strip: Effect.fn("Events.strip")(function* (userId: UserId, known: ReadonlyArray<EventId>) {
        // The index is some moments behind.
        const ids = new Set([...known, ...(yield* ofUser(userId))])
        const change = changeOf({ remove: ["userId", "payload"], when: "#userId = :userId", values: { userId } })
        const stripOne = (eventId: EventId) => update({ ...item(eventId), ...change })
        yield* Effect.forEach(ids, stripOne, { concurrency: 10, discard: true })
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: EventsError["reason"]) => new EventsError({ reason }))
