import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { cellOf } from "../attribution/Counted.ts"
import { nowhere, type Origin, originId } from "../attribution/Origin.ts"
import { funnelKey } from "../attribution/Tally.ts"
import { codesPerDay, codesPerItem, counterShards, rememberedLimit } from "../delivery/times.ts"
import { type EventId, eventId } from "../ids.ts"
import { Ended } from "../services/Ended.ts"
import { Events } from "../services/Events.ts"
import { Funnel, type Reach } from "../services/Funnel.ts"
import { Settings } from "../services/Settings.ts"
import { expiresAt, type Iso } from "../Time.ts"

export const dayOf = (at: Iso): string => at.slice(0, 10)

/** Ids in one request: an expression ends at 4 KB. */
const forgetBatch = 40

/** Containers are born with the day's rush, not with its codes: more counters than this in memory are let go. */
const memory = 2_000

/** `full`: so many items are. */
const noCodes = (day: string) => ({ day, codes: new Set<string>(), full: 0 })

/**
 * A counter a day, origin, state, language and shard: small, so that counting stays at one write unit. It remembers an id
 * until the event has its outcome, which the container that ended it knows: its next count there takes the id out in the
 * same write. One that dies leaves a few behind; where they become many, whoever counts next asks the events.
 */
export const layer: Layer.Layer<Funnel, never, Settings | Events | Ended> = Layer.effect(
  Funnel,
  Effect.gen(function* () {
    const settings = yield* Settings
    const events = yield* Events
    const ended = yield* Ended
    /** Ids that a counter still has, by the counter: of those that were counted or asked for here. */
    const kept = new Map<string, Set<EventId>>()
    /** Codes that have a counter of their own, of the day that was asked for last. */
    let admitted = noCodes("")

    const keptBy = (key: string): Set<EventId> => {
      const known = kept.get(key)
      if (known !== undefined) return known
      if (kept.size >= memory) kept.clear()
      const ids = new Set<EventId>()
      kept.set(key, ids)
      return ids
    }

    const lookAfter = Effect.fnUntraced(function* (key: string, ids: ReadonlyMap<string, string>) {
      const left = [...ids.keys()].map(eventId).filter((id) => !ended.has(id))
      if (left.length <= rememberedLimit) return
      for (const id of (yield* events.finished(left.slice(0, 100))).keys()) {
        ended.note(id)
        keptBy(key).add(id)
      }
    })

    return Funnel.of({
      shard: yield* Random.nextIntBetween(0, counterShards - 1),
      admit: Effect.fnUntraced(function* (origin: Origin, at: Iso) {
        const id = originId(origin)
        // Ours are as many as we make.
        if (origin.linkId !== undefined || id === nowhere) return origin
        const day = dayOf(at)
        if (admitted.day !== day) admitted = noCodes(day)
        const { codes } = admitted
        for (let item = admitted.full; !codes.has(id) && item * codesPerItem < codesPerDay; item++) {
          const { ids } = yield* settings.count({
            key: `codes#${day}#${item}`,
            about: {},
            cell: "codes",
            id,
            atMost: codesPerItem,
            expiresAt: expiresAt(at, "3 days"),
          })
          for (const code of ids.keys()) codes.add(code)
          // It stays as it is, so that nobody here needs to ask for it again.
          if (ids.size >= codesPerItem && admitted.day === day) admitted.full = Math.max(admitted.full, item + 1)
        }
        return codes.has(id) ? origin : { other: true }
      }),
      count: Effect.fnUntraced(function* ({ at, event, fact, origin, shard }: Reach) {
        const { cell, group } = cellOf(fact)
        const key = funnelKey({ day: dayOf(at), id: originId(origin), shard, group })
        const ours = keptBy(key)
        const forget = [...ours].filter(ended.has).slice(0, forgetBatch)
        const { ids } = yield* settings.count({ key, about: origin, cell, id: event, forget })
        for (const id of forget) ours.delete(id)
        ours.add(event)
        if (ids.size > rememberedLimit) yield* lookAfter(key, ids)
      }),
    })
  }),
)
