import { botIdOf, WorkerConfig } from "@concierge/core/config.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Tables } from "./Tables.ts"

export interface Counts {
  /** Distinct update ids answered with 200. */
  readonly accepted: number
  readonly applied: number
  readonly ignored: number
  readonly parked: number
  /** Dead letters whose update has no outcome. */
  readonly dead: number
  readonly queued: number
}

/** How many updates there are of each outcome; when the queue is empty, `accepted` is the sum of the others. */
export class Stats extends Context.Service<Stats, { readonly counts: Effect.Effect<Counts> }>()(
  "@concierge/local/store/Stats",
) {}

export const layer: Layer.Layer<Stats, never, Tables | WorkerConfig> = Layer.effect(
  Stats,
  Effect.gen(function* () {
    const { prepare } = yield* Tables
    const { botToken } = yield* WorkerConfig
    const counts = prepare(
      `SELECT
         (SELECT count(*) FROM accepted) AS accepted,
         (SELECT count(*) FROM events WHERE outcome = 'applied') AS applied,
         (SELECT count(*) FROM events WHERE outcome >= 'ignored' AND outcome < 'ignoree') AS ignored,
         (SELECT count(*) FROM events WHERE outcome = 'parked') AS parked,
         (SELECT count(DISTINCT updateId) FROM queue WHERE dead = 1 AND NOT EXISTS (
           SELECT 1 FROM events WHERE eventId = ?1 || ':' || updateId AND outcome IS NOT NULL)) AS dead,
         (SELECT count(*) FROM queue WHERE dead = 0) AS queued`,
    )
    return Stats.of({
      counts: Effect.sync(() => {
        const [row] = counts.read(botIdOf(botToken))
        const of = (name: keyof Counts): number => Number(row?.[name] ?? 0)
        return {
          accepted: of("accepted"),
          applied: of("applied"),
          ignored: of("ignored"),
          parked: of("parked"),
          dead: of("dead"),
          queued: of("queued"),
        }
      }),
    })
  }),
)
