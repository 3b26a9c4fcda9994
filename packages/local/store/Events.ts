import { type EventId, eventId, type UserId } from "@concierge/core/ids.ts"
import { type Claim, Events, EventsError, type Finish } from "@concierge/core/services/Events.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { iso } from "@concierge/core/Time.ts"
import { Event } from "@concierge/core/updates/Event.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { attempt, itemsOf, notNewer } from "./rows.ts"
import { Tables } from "./Tables.ts"

export const layer: Layer.Layer<Events, never, Tables> = Layer.effect(
  Events,
  Effect.gen(function* () {
    const tables = yield* Tables
    const decode = itemsOf(Event)
    // One that a newer version has parked is left to it.
    const isUnderstoodNow = `(outcome = 'parked' AND json_type(excluded.item, '$.payload') = 'object'
      AND ${notNewer})`
    const claim = tables.prepare(
      `INSERT INTO events (eventId, userId, timestamp, expiresAt, item) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO UPDATE SET
         userId = CASE WHEN ${isUnderstoodNow} THEN coalesce(excluded.userId, userId) ELSE userId END,
         expiresAt = CASE WHEN ${isUnderstoodNow} THEN excluded.expiresAt ELSE expiresAt END,
         item = json_set(
           CASE WHEN ${isUnderstoodNow}
             THEN json_set(
               json_patch(item, json_remove(excluded.item, '$.processed', '$.payload', '$.timestamp')),
               '$.payload', excluded.item -> '$.payload')
             ELSE item END,
           '$.deliveries', item ->> 'deliveries' + 1)
       RETURNING item`,
    )
    const finish = tables.prepare(
      `UPDATE events SET outcome = ?2, item = json_patch(item, ?3)
       WHERE eventId = ?1 AND (outcome IS NULL OR outcome = 'parked') RETURNING eventId`,
    )
    const finishAnonymous = tables.prepare(
      `UPDATE events SET userId = NULL, outcome = ?2, item = json_remove(json_patch(item, ?3), '$.userId', '$.payload')
       WHERE eventId = ?1 AND (outcome IS NULL OR outcome = 'parked') RETURNING eventId`,
    )
    const get = tables.prepare("SELECT item FROM events WHERE eventId = ?1")
    const finished = tables.prepare(
      `SELECT eventId, item ->> 'finishedAt' AS finishedAt FROM events
       WHERE eventId IN (SELECT value FROM json_each(?1)) AND outcome <> 'parked'`,
    )
    const ofUser = tables.prepare("SELECT eventId FROM events WHERE userId = ?1 ORDER BY timestamp, eventId")
    const strip = tables.prepare(
      `UPDATE events SET userId = NULL, item = json_remove(item, '$.userId', '$.payload')
       WHERE userId = ?1 RETURNING eventId`,
    )
    return Events.of({
      claim: Effect.fn("Events.claim")(function* (input: Claim) {
        const { expiresAt, timestamp, userId } = input
        const item = JSON.stringify({ ...input, processed: false, deliveries: 1, shape: currentShape })
        const rows = yield* tables.commit(() => claim.write(input.eventId, userId ?? null, timestamp, expiresAt, item))
        const [event] = yield* decode(rows)
        return event ?? (yield* Effect.die(new Error(`claim of ${input.eventId} returned no row`)))
      }, mapError),
      finish: Effect.fn("Events.finish")(function* ({ anonymous, at, counted, eventId, outcome, ...rest }: Finish) {
        const patch = JSON.stringify({ processed: true, outcome, finishedAt: at, ...rest, ...counted })
        yield* tables.commit(() => (anonymous === true ? finishAnonymous : finish).write(eventId, outcome, patch))
      }, mapError),
      get: Effect.fn("Events.get")(function* (eventId: EventId) {
        const [event] = yield* decode(yield* attempt(() => get.read(eventId)))
        return Option.fromUndefinedOr(event)
      }, mapError),
      finished: Effect.fn("Events.finished")(function* (eventIds: ReadonlyArray<EventId>) {
        const rows = yield* attempt(() => finished.read(JSON.stringify(eventIds)))
        return new Map(rows.map((row) => [eventId(String(row.eventId)), iso(String(row.finishedAt))]))
      }, mapError),
      ofUser: Effect.fn("Events.ofUser")(function* (userId: UserId) {
        return (yield* attempt(() => ofUser.read(userId))).map((row) => eventId(String(row.eventId)))
      }, mapError),
      // A statement sees all that was written before it: nothing has to be known.
      strip: Effect.fn("Events.strip")(function* (userId: UserId, _known: ReadonlyArray<EventId>) {
        yield* tables.commit(() => strip.write(userId))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: EventsError["reason"]) => new EventsError({ reason }))
