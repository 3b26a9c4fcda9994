import { maxReceives } from "@concierge/core/delivery/deployed.ts"
import { visibility } from "@concierge/core/delivery/times.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Attributes, type QueuedUpdate, UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { fromIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { attempt } from "../store/rows.ts"
import { isOfTapsRow, Tables } from "../store/Tables.ts"

export interface ReceivedUpdate {
  readonly id: string
  readonly update: QueuedUpdate
  readonly receives: number
}

/** Whether a message goes with the taps on buttons. */
export type QueueLane = "taps" | "others"

/**
 * The queue in a table, with what SQS promises: at least once, in no order that counts. More than SQS it keeps the place of
 * an update that comes again at once.
 */
export class LocalQueue extends Context.Service<
  LocalQueue,
  {
    /**
     * Up to `max` visible messages, hidden from others for the visibility: taps or all else, or taps first. None does not
     * mean that there is none.
     */
    receive(max: number, lane?: QueueLane): Effect.Effect<ReadonlyArray<ReceivedUpdate>, Unavailable>
    acknowledge(ids: ReadonlyArray<string>): Effect.Effect<void, Unavailable>
    /** When the next message (of that lane) becomes visible, in milliseconds since 1970; undefined: there is none. */
    nextVisible(lane?: QueueLane): Effect.Effect<number | undefined, Unavailable>
    /** Opened whenever there may be something to receive. */
    readonly wake: Latch.Latch
    /** Waits until it is its turn to work, so that requests go between. */
    readonly turn: Effect.Effect<void>
    /** Ends within a second of another process's having written, as the operator's tool does. */
    readonly othersWrote: Effect.Effect<void>
  }
>()("@concierge/local/queue/LocalQueue") {}

export const lanes: ReadonlyArray<QueueLane> = ["taps", "others"]

/** How often the file is looked at for what others wrote: microseconds each. */
const look = Duration.seconds(1)

/** A copy that is not delayed has the place that its update had. */
const visibleFrom = ({ attributes }: QueuedUpdate, now: number, delay: number): number =>
  attributes.attempt > 0 && delay === 0 ? Math.min(now, fromIso(attributes.receivedAt)) : now + delay

export const layer: Layer.Layer<LocalQueue | UpdateQueue, never, Tables> = Layer.effectContext(
  Effect.gen(function* () {
    const { commit, hasRoom, prepare, sqlite, turn } = yield* Tables
    const version = sqlite.prepare("PRAGMA data_version")
    const versionNow = () => version.get()?.data_version
    let seen = versionNow()
    const wake = yield* Latch.make()
    const insert = prepare("INSERT INTO queue (updateId, grp, body, attributes, visibleAt) VALUES (?1, ?2, ?3, ?4, ?5)")
    const accept = prepare("INSERT OR IGNORE INTO accepted (updateId, at) VALUES (?1, ?2)")
    // What has been received too often dies of being taken once more: to look for it apart would be to look at everything.
    const receive = prepare(
      `UPDATE queue SET visibleAt = ?2, receives = receives + 1, dead = receives >= ?4
       WHERE id IN (SELECT id FROM queue WHERE dead = 0 AND ${isOfTapsRow} = ?5 AND visibleAt <= ?1 ORDER BY visibleAt, id LIMIT ?3)
       RETURNING id, grp, body, attributes, receives, dead`,
    )
    const acknowledge = prepare("DELETE FROM queue WHERE id IN (SELECT value FROM json_each(?1))")
    const nextVisible = prepare(`SELECT min(visibleAt) AS at FROM queue WHERE dead = 0 AND ${isOfTapsRow} = ?1`)

    const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Attributes))

    return Context.make(
      LocalQueue,
      LocalQueue.of({
        wake,
        turn,
        othersWrote: Effect.sync(() => {
          const [before, now] = [seen, versionNow()]
          seen = now
          return now !== before
        }).pipe(Effect.delay(look), Effect.repeat({ until: (isNews) => isNews }), Effect.asVoid),
        receive: Effect.fnUntraced(function* (max: number, lane?: QueueLane) {
          const now = yield* Clock.currentTimeMillis
          const until = now + Duration.toMillis(visibility)
          const take = (ofTaps: boolean, max: number) => receive.write(now, until, max, maxReceives, Number(ofTaps))
          const taken = yield* commit(() => {
            if (lane !== undefined) return take(lane === "taps", max)
            const taps = take(true, max)
            return taps.length < max ? [...taps, ...take(false, max - taps.length)] : taps
          })
          const rows = taken.filter(({ dead }) => dead === 0)
          return yield* Effect.forEach(rows, (row) =>
            // Only `send` writes here, so what does not decode is a defect.
            Effect.map(Effect.orDie(decode(row.attributes)), (attributes) => ({
              id: String(row.id),
              receives: Number(row.receives),
              update: { body: String(row.body), group: String(row.grp), attributes },
            })),
          )
        }),
        acknowledge: (ids) => Effect.asVoid(commit(() => acknowledge.write(JSON.stringify(ids)))),
        nextVisible: (lane) =>
          Effect.map(
            attempt(() =>
              (lane === undefined ? lanes : [lane]).flatMap((lane) => nextVisible.read(Number(lane === "taps"))),
            ),
            (rows) => {
              const times = rows.flatMap(({ at }) => (typeof at === "number" ? [at] : []))
              return times.length === 0 ? undefined : Math.min(...times)
            },
          ),
      }),
    ).pipe(
      Context.add(
        UpdateQueue,
        UpdateQueue.of({
          send: Effect.fnUntraced(
            function* (update: QueuedUpdate, delay = Duration.zero) {
              // A copy of what is in hand still finds room: refused, it would be worked again at once.
              if (update.attributes.attempt === 0 && !hasRoom()) return yield* diskFull
              const now = yield* Clock.currentTimeMillis
              const visibleAt = visibleFrom(update, now, Math.ceil(Duration.toSeconds(delay)) * 1000)
              const isNew = update.attributes.attempt === 0
              yield* commit(
                () => {
                  const { body, group, attributes } = update
                  insert.write(attributes.updateId, group, body, JSON.stringify(attributes), visibleAt)
                  if (isNew) accept.write(attributes.updateId, Math.floor(now / 1000))
                },
                { urgent: isNew },
              )
              wake.openUnsafe()
            },
            Effect.mapError((reason) => new UpdateQueueError({ reason })),
          ),
        }),
      ),
    )
  }),
)

const diskFull = Effect.fail(new Unavailable({ cause: new Error("the disk is nearly full") }))
