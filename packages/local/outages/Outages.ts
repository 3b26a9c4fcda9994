import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** What of this machine can be out: each stands for a service of AWS. */
export const parts = ["speech", "media", "queue", "tables"] as const
export type Part = (typeof parts)[number]

/** What somebody who looks on has taken away from the stand-in's bot. A real bot beside it loses nothing. */
export class Outages extends Context.Service<
  Outages,
  {
    set(part: Part, isOut: boolean): void
    /** The parts that are out. */
    list(): ReadonlyArray<Part>
    /** In the place of a call while the part is out: fails as the service would, in a span of the call's name. */
    instead<A, E, R, F>(
      part: Part,
      name: string,
      call: Effect.Effect<A, E, R>,
      toError: (reason: Unavailable) => F,
    ): Effect.Effect<A, E | F, R>
  }
>()("@concierge/local/outages/Outages") {}

export const layer = Layer.sync(Outages, () => {
  const out = new Set<Part>()
  return Outages.of({
    set: (part, isOut) => void (isOut ? out.add(part) : out.delete(part)),
    list: () => [...out],
    instead: <A, E, R, F>(
      part: Part,
      name: string,
      call: Effect.Effect<A, E, R>,
      toError: (reason: Unavailable) => F,
    ) =>
      Effect.suspend((): Effect.Effect<A, E | F, R> => {
        if (!out.has(part)) return call
        const reason = new Unavailable({ cause: new Error(`${part} is out, as was asked for`) })
        return Effect.withSpan(Effect.fail(toError(reason)), name)
      }),
  })
})
