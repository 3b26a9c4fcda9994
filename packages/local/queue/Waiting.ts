import type { Unavailable } from "@concierge/core/services/reasons.ts"
import { Attributes } from "@concierge/core/services/UpdateQueue.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { attempt } from "../store/rows.ts"
import { Tables } from "../store/Tables.ts"
import { LocalQueue } from "./LocalQueue.ts"

export interface WaitingUpdate {
  readonly id: string
  /** Chat id as text. */
  readonly chat: string
  /** When a worker may take it, in milliseconds since 1970. */
  readonly visibleAt: number
  /** `in hand`: a worker has it, or had it and failed; it is hidden until then. `delayed`: put off until then. */
  readonly is: "waiting" | "delayed" | "in hand"
  /** How often workers have taken it. */
  readonly receives: number
  readonly attributes: Attributes
}

/** A look at the queue that takes nothing from it. */
export class Waiting extends Context.Service<
  Waiting,
  {
    /** Up to `max`, those first whose turn comes first. */
    list(max: number): Effect.Effect<ReadonlyArray<WaitingUpdate>, Unavailable>
    /** Waits no longer. False: it is not there any more. */
    hurry(id: string): Effect.Effect<boolean, Unavailable>
  }
>()("@concierge/local/queue/Waiting") {}

export const layer: Layer.Layer<Waiting, never, LocalQueue | Tables> = Layer.effect(
  Waiting,
  Effect.gen(function* () {
    const { commit, prepare } = yield* Tables
    const { wake } = yield* LocalQueue
    const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Attributes))
    const read = prepare(
      "SELECT id, grp, attributes, visibleAt, receives FROM queue WHERE dead = 0 ORDER BY visibleAt, id LIMIT ?1",
    )
    const hurry = prepare("UPDATE queue SET visibleAt = ?2 WHERE id = ?1 AND dead = 0 RETURNING id")
    const standing = (visibleAt: number, receives: number, now: number) =>
      visibleAt <= now ? "waiting" : receives > 0 ? "in hand" : "delayed"

    return Waiting.of({
      list: Effect.fnUntraced(function* (max: number) {
        const now = yield* Clock.currentTimeMillis
        return yield* Effect.forEach(yield* attempt(() => read.read(max)), (row) => {
          const [visibleAt, receives] = [Number(row.visibleAt), Number(row.receives)]
          const is = standing(visibleAt, receives, now)
          // Only the queue writes here, so what does not decode is a defect.
          return Effect.map(
            Effect.orDie(decode(row.attributes)),
            (attributes) =>
              ({
                id: String(row.id),
                chat: String(row.grp),
                visibleAt,
                is,
                receives,
                attributes,
              }) satisfies WaitingUpdate,
          )
        })
      }),
      hurry: Effect.fnUntraced(function* (id: string) {
        const now = yield* Clock.currentTimeMillis
        const [row] = yield* commit(() => hurry.write(id, now))
        wake.openUnsafe()
        return row !== undefined
      }),
    })
  }),
)
