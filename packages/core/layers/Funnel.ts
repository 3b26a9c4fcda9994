import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { cellOf } from "../attribution/Counted.ts"
import { nowhere, type Origin, originId } from "../attribution/Origin.ts"
import { funnelKeys } from "../attribution/Tally.ts"
import { codesPerDay, counterShards, rememberedLimit } from "../delivery/times.ts"
import { type EventId, eventId } from "../ids.ts"
import { Events } from "../services/Events.ts"
import { Funnel, type Reach } from "../services/Funnel.ts"
import { Settings } from "../services/Settings.ts"
import { expiresAt, type Iso } from "../Time.ts"

export const dayOf = (at: Iso): string => at.slice(0, 10)

const counterKey = (day: string, origin: string, shard: number): string => `${funnelKeys}${day}#${origin}#${shard}`

/** Ids in one request: an expression ends at 4 KB. */
const forgetBatch = 40

/** Containers are born with the day's rush, not with its codes: more than this in memory is let go. */
const memory = 2_000

/**
 * A counter a day, origin and shard. It remembers an id until the event has its outcome, which the container that ended
 * it knows: its next count there takes the id out in the same write. One that dies leaves a few behind; where they
 * become many, whoever counts next asks the events.
 */
export const layer: Layer.Layer<Funnel, never, Settings | Events> = Layer.effect(
  Funnel,
  Effect.gen(function* () {
    const settings = yield* Settings
    const events = yield* Events
    /** Counted here and not ended, with the counter of each. */
    const open = new Map<EventId, string>()
    /** Ended, by the counter that still has them. */
    const over = new Map<string, Set<EventId>>()
    /** Codes that have a counter of their own, by day. */
    const admitted = new Map<string, Set<string>>()

    const overOf = (key: string): Set<EventId> => {
      const known = over.get(key)
      if (known !== undefined) return known
      if (over.size >= memory) over.clear()
      const ids = new Set<EventId>()
      over.set(key, ids)
      return ids
    }

    const lookAfter = Effect.fnUntraced(function* (key: string, ids: ReadonlyMap<string, string>) {
      const left = [...ids.keys()].map(eventId).filter((id) => !open.has(id) && !overOf(key).has(id))
      if (left.length <= rememberedLimit) return
      const finished = yield* events.finished(left.slice(0, 100))
      for (const id of finished.keys()) overOf(key).add(id)
    })

    return Funnel.of({
      admit: Effect.fnUntraced(function* (origin: Origin, at: Iso) {
        const id = originId(origin)
        // Ours are as many as we make.
        if (origin.linkId !== undefined || id === nowhere) return origin
        const day = dayOf(at)
        const known = admitted.get(day) ?? new Set()
        if (known.has(id)) return origin
        if (known.size >= codesPerDay) return { other: true }
        const { ids } = yield* settings.count({
          key: `codes#${day}`,
          about: {},
          cell: "codes",
          id,
          atMost: codesPerDay,
          expiresAt: expiresAt(at, "3 days"),
        })
        admitted.clear()
        admitted.set(day, new Set(ids.keys()))
        return ids.has(id) ? origin : { other: true }
      }),
      count: Effect.fnUntraced(function* ({ at, event, fact, origin, telegramId }: Reach) {
        const key = counterKey(dayOf(at), originId(origin), telegramId % counterShards)
        const forget = [...overOf(key)].slice(0, forgetBatch)
        const { ids } = yield* settings.count({ key, about: origin, cell: cellOf(fact), id: event, forget })
        for (const id of forget) overOf(key).delete(id)
        if (open.size >= memory) open.clear()
        open.set(event, key)
        if (ids.size > rememberedLimit) yield* lookAfter(key, ids)
      }),
      ended: (event) =>
        Effect.sync(() => {
          const key = open.get(event)
          if (key === undefined) return
          open.delete(event)
          overOf(key).add(event)
        }),
    })
  }),
)
